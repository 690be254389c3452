-- When people's rights were suspended by a penalty (留党察看), from the members service: `[{from, until}]`.
alter table member_ref add column rights_suspended jsonb not null default '[]';

drop function app.belonged_on(uuid[], date, uuid[]);
create function app.belonged_on(orgs uuid[], day date, people uuid[] default null)
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
  from (
    select distinct s.member_id from member_stay s
    where s.org_id = any (orgs) and (people is null or s.member_id = any (people))
  ) c
  join member_ref m on m.id = c.member_id and m.county_id = nullif(current_setting('app.county_id', true), '')::uuid
  cross join lateral (
    select s.org_id from member_stay s where s.member_id = m.id
    order by (s.told_on <= day) desc, case when s.told_on <= day then s.version end desc, s.version limit 1
  ) then_at
  where then_at.org_id = any (orgs) and (m.left_on is null or m.left_on > day)
    and (current_setting('role') = 'linghang_county'
      or orgs <@ (select app.orgs_under(current_setting('app.read_grants', true))))
$$;
alter function app.belonged_on(uuid[], date, uuid[]) owner to linghang_paths;

-- Who agreed that somebody is not counted among those due: the organisation above, and the assembly itself. Somebody
-- whose rights are suspended comes to the meeting all the same, without a vote.
alter table meeting_person
  add column consent_by text,
  add column consent_on date,
  add constraint meeting_person_consent check ((consent_by is null) = (consent_on is null)),
  drop constraint meeting_person_exception_check,
  add constraint meeting_person_exception_check check (exception in ('CANNOT_EXPRESS_WILL', 'ABROAD', 'SERVING_SENTENCE',
    'LONG_ILL', 'MOVED_AWAY', 'SETTLED_AWAY', 'RIGHTS_SUSPENDED', 'NOT_YET_HERE', 'FLOATING', 'MEMBERSHIP_SUSPENDED', 'DETAINED',
    'CANNOT_RETURN', 'SECONDED')),
  drop constraint meeting_person_check1,
  add constraint meeting_person_attendance check (exception is null or exception = 'RIGHTS_SUSPENDED' or attendance is null);
