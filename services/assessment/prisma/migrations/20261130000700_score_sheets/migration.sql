-- Since when an organisation is known here: what it did before is not known, rather than not done (R10).
create table organisation_known (
  org_id uuid primary key,
  county_id uuid not null,
  since date not null
);
grant select, insert on organisation_known to linghang_county;
grant select on organisation_known to linghang_scoped;
call app.protect('organisation_known');
create policy scoped_read on organisation_known for select to linghang_scoped
  using (org_id = any ((select app.visible_orgs())::uuid[]));
-- Those that were there before this was kept: from today on.
alter table org_node no force row level security;
alter table organisation_known no force row level security;
insert into organisation_known (org_id, county_id, since)
  select id, county_id, (now() at time zone 'Asia/Shanghai')::date from org_node on conflict do nothing;
alter table organisation_known force row level security;
alter table org_node force row level security;

-- What a subject has in a period, as it was worked out last (成绩单): enough for averages, lights and indices. The derivation is
-- worked out again when a sheet is read: it follows from the facts.
create table score_sheet (
  id uuid primary key,
  county_id uuid not null,
  -- Where the subject belongs, at the period's end or today.
  org_id uuid not null,
  subject_type text not null check (subject_type in ('MEMBER', 'ORGANISATION')),
  subject_id uuid not null,
  period_from date not null,
  period_until date not null check (period_until >= period_from),
  pack_key text not null,
  pack_version int not null,
  scale text not null,
  -- Points are hundredths.
  score int not null,
  attainable int not null,
  grade text,
  groups jsonb not null,
  totals jsonb not null,
  lights jsonb not null,
  lit_months jsonb not null,
  -- Of the whole derivation.
  hash bytea not null,
  version int not null check (version > 0),
  published_on date,
  worked_out_at timestamptz not null
);
create unique index score_sheet_of_subject on score_sheet (county_id, subject_id, period_from, period_until);
create index score_sheet_at on score_sheet (county_id, org_id, period_from, subject_type);
grant select, insert, update, delete on score_sheet to linghang_county;
grant select on score_sheet to linghang_scoped;
call app.protect('score_sheet');
create policy county_delete on score_sheet for delete to linghang_county using (county_id = (select app.county()));
create policy scoped_read on score_sheet for select to linghang_scoped
  using (org_id = any ((select app.visible_orgs())::uuid[])
    or (subject_type = 'MEMBER' and subject_id = (select app.own_member()))
    or (subject_type = 'ORGANISATION' and subject_id = any ((select app.visible_orgs())::uuid[])));

-- Through which month a county has been scored and by which packs: another month or another pack scores everybody anew.
create table scored_county (
  county_id uuid primary key,
  month date not null,
  packs text not null
);
grant select, insert, update on scored_county to linghang_county;
alter table scored_county enable row level security;
alter table scored_county force row level security;
create policy county_read on scored_county for select to linghang_county using (county_id = (select app.county()));
create policy county_insert on scored_county for insert to linghang_county with check (county_id = (select app.county()));
create policy county_update on scored_county for update to linghang_county
  using (county_id = (select app.county())) with check (county_id = (select app.county()));

create index touched_of_subject on touched (county_id, subject_id);
-- Which counties have something to score: read by the service itself, of whom and what it does not see.
grant select (county_id) on touched to linghang_service;
create policy service_reads on touched for select to linghang_service using (true);

-- What offices have decided of a line: a proposed deduction confirmed or not made (R8), or what an appeal has changed. Appended;
-- it holds while the line rests on the versions that it names.
create table sheet_ruling (
  id uuid primary key,
  county_id uuid not null,
  org_id uuid not null,
  subject_id uuid not null,
  period_from date not null,
  period_until date not null,
  line_key text not null check (char_length(line_key) between 1 and 300),
  kind text not null check (kind in ('CONFIRMED', 'DISMISSED', 'ADJUSTED')),
  proposed int not null,
  points int check ((points is not null) = (kind = 'ADJUSTED')),
  basis jsonb not null,
  reason text not null check (char_length(reason) <= 500),
  decided_by uuid,
  decided_at timestamptz not null
);
create index sheet_ruling_of_subject on sheet_ruling (county_id, subject_id, period_until, id);
grant select, insert on sheet_ruling to linghang_county, linghang_scoped;
call app.protect('sheet_ruling');
create policy scoped_read on sheet_ruling for select to linghang_scoped
  using (org_id = any ((select app.visible_orgs())::uuid[]) or subject_id = (select app.own_member()));
create trigger append_only before update or delete on sheet_ruling for each row execute function app.refuse_change();

-- What was published of a sheet, version by version: appended, never changed (S0-21).
create table published_sheet (
  sheet_id uuid not null,
  version int not null check (version > 0),
  county_id uuid not null,
  org_id uuid not null,
  subject_type text not null check (subject_type in ('MEMBER', 'ORGANISATION')),
  subject_id uuid not null,
  score int not null,
  grade text,
  hash bytea not null,
  derivation text not null,
  published_on date not null,
  primary key (sheet_id, version)
);
grant select, insert on published_sheet to linghang_county;
grant select on published_sheet to linghang_scoped;
call app.protect('published_sheet');
create policy scoped_read on published_sheet for select to linghang_scoped
  using (org_id = any ((select app.visible_orgs())::uuid[]) or subject_id = (select app.own_member()));
create trigger append_only before update or delete on published_sheet for each row execute function app.refuse_change();

-- Times whose sheets a county publishes: begun by its decision, done sheet by sheet.
create table score_publication (
  county_id uuid not null,
  period_from date not null,
  period_until date not null,
  state text not null check (state in ('PUBLISHING', 'PUBLISHED')),
  begun_by uuid,
  begun_at timestamptz not null,
  sheets int not null default 0,
  primary key (county_id, period_from, period_until)
);
grant select, insert, update on score_publication to linghang_county;
grant select on score_publication to linghang_scoped;
alter table score_publication enable row level security;
alter table score_publication force row level security;
create policy county_read on score_publication for select to linghang_county, linghang_scoped using (county_id = (select app.county()));
create policy county_insert on score_publication for insert to linghang_county with check (county_id = (select app.county()));
create policy county_update on score_publication for update to linghang_county
  using (county_id = (select app.county())) with check (county_id = (select app.county()));
grant select (county_id, state) on score_publication to linghang_service;
create policy service_reads on score_publication for select to linghang_service using (state = 'PUBLISHING');
grant select (county_id, month) on scored_county to linghang_service;
create policy service_reads on scored_county for select to linghang_service using (true);
