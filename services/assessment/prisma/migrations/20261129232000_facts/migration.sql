-- Where people of the register belonged: every version that members has told, since a version that comes late may have to
-- stand between two that are there.
create table member_stay (
  county_id uuid not null,
  member_id uuid not null,
  version bigint not null,
  org_id uuid not null,
  -- The day on which it was told, from which it counts.
  day date not null,
  kind text not null,
  applied_on date,
  activist_since date,
  candidate_since date,
  joined_on date,
  full_member_since date,
  left_on date,
  primary key (county_id, member_id, version)
);
create index member_stay_at on member_stay (county_id, org_id, member_id);
grant select, insert on member_stay to linghang_county;
grant select on member_stay to linghang_scoped;
call app.protect('member_stay');
create policy scoped_read on member_stay for select to linghang_scoped
  using (org_id = any ((select app.visible_orgs())::uuid[]) or member_id = (select app.own_member()));

-- Where somebody belonged on a day; of days before the register told of them, where it has told of them first.
create function app.org_on(county uuid, member uuid, on_day date) returns uuid language sql stable as $$
  select s.org_id from member_stay s
  where s.county_id = county and s.member_id = member
  order by (s.day <= on_day) desc, case when s.day <= on_day then s.version end desc, s.version
  limit 1
$$;

-- Which version of each record counts. What tells of it (`told_as`) is part of the key: two kinds of events may tell of
-- one record in versions of their own.
create table fact_source (
  county_id uuid not null,
  told_as text not null,
  source_id uuid not null,
  org_id uuid not null,
  version bigint not null,
  primary key (county_id, told_as, source_id)
);
grant select, insert, update on fact_source to linghang_county;
call app.protect('fact_source');
create policy scoped_read on fact_source for select to linghang_scoped using (org_id = any ((select app.visible_orgs())::uuid[]));

-- Whatever has counted at any time: appended, never changed.
create table fact (
  county_id uuid not null,
  told_as text not null,
  source_id uuid not null,
  source_version bigint not null,
  n int not null,
  source_type text not null,
  subject_type text not null,
  subject_id uuid not null,
  org_id uuid not null,
  kind text not null,
  day date not null,
  quantity int not null,
  attributes jsonb not null,
  recorded_at timestamptz not null default clock_timestamp(),
  primary key (county_id, told_as, source_id, source_version, n)
);
grant select, insert on fact to linghang_county;
grant select on fact to linghang_scoped;
call app.protect('fact');
create policy scoped_read on fact for select to linghang_scoped
  using (org_id = any ((select app.visible_orgs())::uuid[]) or (subject_type = 'MEMBER' and subject_id = (select app.own_member())));
create trigger append_only before update or delete on fact for each row execute function app.refuse_change();
create trigger never_emptied before truncate on fact for each statement execute function app.refuse_change();

-- What counts now: the facts of each source's newest version. A person's organisation is the one of that day, told_org_id
-- the one that the source named, where the register has not told of the person.
create table fact_now (
  county_id uuid not null,
  told_as text not null,
  source_id uuid not null,
  n int not null,
  source_type text not null,
  source_version bigint not null,
  subject_type text not null,
  subject_id uuid not null,
  org_id uuid not null,
  told_org_id uuid not null,
  kind text not null,
  day date not null,
  quantity int not null,
  attributes jsonb not null,
  primary key (county_id, told_as, source_id, n)
);
create index fact_now_of_subject on fact_now (county_id, subject_id, day);
create index fact_now_at on fact_now (county_id, org_id, kind, day);
grant select, insert, update, delete on fact_now to linghang_county;
grant select on fact_now to linghang_scoped;
call app.protect('fact_now');
create policy county_delete on fact_now for delete to linghang_county using (county_id = (select app.county()));
create policy scoped_read on fact_now for select to linghang_scoped
  using (org_id = any ((select app.visible_orgs())::uuid[]) or (subject_type = 'MEMBER' and subject_id = (select app.own_member())));

-- Whose facts or standing have changed and from which day on: written with the change, taken by whoever scores anew.
create table touched (
  seq bigint generated always as identity primary key,
  county_id uuid not null,
  subject_type text not null,
  subject_id uuid not null,
  org_id uuid not null,
  from_day date not null,
  told_at timestamptz not null default clock_timestamp()
);
create index touched_of_county on touched (county_id, seq);
grant select, insert, delete on touched to linghang_county;
call app.protect('touched');
create policy county_delete on touched for delete to linghang_county using (county_id = (select app.county()));
create policy scoped_read on touched for select to linghang_scoped using (org_id = any ((select app.visible_orgs())::uuid[]));
