-- What is above a branch meets in the assembly of its members and in the congress of their delegates too.
alter table meeting drop constraint meeting_kind_check,
  add constraint meeting_kind_check check (kind in ('BRANCH_COMMITTEE', 'BRANCH_ASSEMBLY', 'GROUP_MEETING', 'COMMITTEE',
    'MEMBER_ASSEMBLY', 'CONGRESS'));

-- Officers whom a superior sent (第一书记, 支部工作条例 arts. 21, 24) sit in the committee while their membership stands in
-- another branch: who held an office of the organisation on the day, by their standing where they are registered.
-- Security definer: the branch does not see the other one. Whoever asks keeps the register of the organisation.
create function app.officers_from_outside(org uuid, day date, people uuid[])
returns table (member_id uuid, standing text, known_on date, suspended_since date)
language sql stable security definer set search_path = public, pg_temp as $$
  select m.id,
    case
      when m.kind is null then null
      when m.kind = 'FULL' and coalesce(m.full_member_since, m.joined_on + interval '1 year', day) <= day then 'FULL'
      when m.kind in ('FULL', 'PROBATIONARY') and coalesce(m.joined_on, day) <= day then 'PROBATIONARY'
      else 'NONE'
    end,
    m.known_on,
    (select max((p->>'from')::date) from jsonb_array_elements(m.rights_suspended) p
      where day between (p->>'from')::date and (p->>'until')::date)
  from member_ref m
  where m.id = any (people) and m.county_id = nullif(current_setting('app.county_id', true), '')::uuid
    and (m.left_on is null or m.left_on > day)
    and exists (
      select from office o join account a on a.id = o.account_id
      where a.member_id = m.id and o.org_id = org and o.role in ('SECRETARY', 'LEADER', 'DISCIPLINE_INSPECTOR')
        and o.starts_on <= day and (o.ends_on is null or o.ends_on > day))
    and (current_setting('role') = 'linghang_county'
      or array[org] <@ (select app.orgs_under(current_setting('app.read_grants', true))))
$$;
grant select on office, account, member_ref to linghang_paths;
alter function app.officers_from_outside(uuid, date, uuid[]) owner to linghang_paths;
