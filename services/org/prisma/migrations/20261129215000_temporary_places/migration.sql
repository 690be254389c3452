-- Who takes part in a temporary branch (支部工作条例 art. 8): their membership stays where it is.
create table temporary_place (
  id uuid primary key,
  county_id uuid not null,
  org_id uuid not null,
  member_id uuid not null,
  from_on date not null,
  until_on date,
  foreign key (org_id, county_id) references organisation (id, county_id),
  check (until_on is null or until_on >= from_on)
);
create unique index temporary_place_now on temporary_place (org_id, member_id) where until_on is null;
create index temporary_place_of on temporary_place (org_id, from_on);
grant select, insert, update on temporary_place to linghang_county, linghang_scoped;
grant select on temporary_place to linghang_paths;
call app.protect('temporary_place');
create policy scoped_read on temporary_place for select to linghang_scoped using (org_id = any ((select app.visible_orgs())::uuid[]));
create trigger temporary_place_stays before delete or truncate on temporary_place for each statement execute function app.refuse_change();

create or replace function app.belonged_on(orgs uuid[], day date, people uuid[] default null)
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
    select s.member_id, false as placed from member_stay s
    where s.org_id = any (orgs) and (people is null or s.member_id = any (people))
    union
    -- Of a temporary branch by itself: above it everybody counts once, where they are registered.
    select t.member_id, true from temporary_place t
    where cardinality(orgs) = 1 and t.org_id = orgs[1] and (people is null or t.member_id = any (people))
      and t.from_on <= day and (t.until_on is null or t.until_on > day)
  ) c
  join member_ref m on m.id = c.member_id and m.county_id = nullif(current_setting('app.county_id', true), '')::uuid
  cross join lateral (
    select s.org_id from member_stay s where s.member_id = m.id
    order by (s.told_on <= day) desc, case when s.told_on <= day then s.version end desc, s.version limit 1
  ) then_at
  where (c.placed or then_at.org_id = any (orgs)) and (m.left_on is null or m.left_on > day)
    and (current_setting('role') = 'linghang_county'
      or orgs <@ (select app.orgs_under(current_setting('app.read_grants', true))))
$$;
