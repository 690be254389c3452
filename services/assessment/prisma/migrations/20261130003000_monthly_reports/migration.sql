-- Whether a county has monthly reports made, from a day on, and who decided it: never changed, only followed by another (R2).
create table report_decision (
  county_id uuid not null,
  effective_from date not null,
  is_on boolean not null,
  title text not null check (char_length(title) between 1 and 100),
  number text not null check (char_length(number) between 1 and 50),
  organ text not null check (char_length(organ) between 1 and 100),
  decided_on date not null,
  set_by uuid,
  set_at timestamptz not null,
  primary key (county_id, effective_from)
);
grant select, insert on report_decision to linghang_county;
grant select on report_decision to linghang_scoped;
alter table report_decision enable row level security;
alter table report_decision force row level security;
-- Everybody who may get a report may read by what decision.
create policy county_read on report_decision for select to linghang_county, linghang_scoped
  using (county_id = (select app.county()));
create policy county_insert on report_decision for insert to linghang_county with check (county_id = (select app.county()));
create trigger append_only before update or delete on report_decision for each row execute function app.refuse_change();
-- Which counties have them made: read by the service itself, which learns nothing else.
grant select (county_id, effective_from, is_on) on report_decision to linghang_service;
create policy service_reads on report_decision for select to linghang_service using (true);

-- Who does without a report of their own; nobody but themselves reads it.
create table report_declined (
  member_id uuid primary key,
  county_id uuid not null,
  declined boolean not null,
  said_at timestamptz not null
);
grant select, insert, update on report_declined to linghang_county;
grant select on report_declined to linghang_scoped;
alter table report_declined enable row level security;
alter table report_declined force row level security;
create policy county_read on report_declined for select to linghang_county using (county_id = (select app.county()));
create policy county_insert on report_declined for insert to linghang_county with check (county_id = (select app.county()));
create policy county_update on report_declined for update to linghang_county
  using (county_id = (select app.county())) with check (county_id = (select app.county()));
create policy scoped_read on report_declined for select to linghang_scoped using (member_id = (select app.own_member()));

-- What a member or a branch was told of a month: as it was made, once.
create table monthly_report (
  id uuid primary key,
  county_id uuid not null,
  org_id uuid not null,
  subject_type text not null check (subject_type in ('MEMBER', 'ORGANISATION')),
  subject_id uuid not null,
  month date not null check (extract(day from month) = 1),
  pack_key text not null,
  pack_version int not null,
  scale text not null,
  -- Of a branch, as what it compares with others; empty of a person.
  kind text not null,
  period_from date not null,
  period_until date not null,
  -- Points are hundredths.
  score int not null,
  groups jsonb not null,
  totals jsonb not null,
  lights jsonb not null,
  made_at timestamptz not null
);
create unique index monthly_report_of_subject on monthly_report (county_id, subject_id, month);
create index monthly_report_at on monthly_report (county_id, org_id, month, subject_type);
grant select, insert on monthly_report to linghang_county;
grant select on monthly_report to linghang_scoped;
call app.protect('monthly_report');
create policy scoped_read on monthly_report for select to linghang_scoped
  using (org_id = any ((select app.visible_orgs())::uuid[])
    or (subject_type = 'MEMBER' and subject_id = (select app.own_member())));
create trigger append_only before update or delete on monthly_report for each row execute function app.refuse_change();

-- What peers of a county had together in a month, worked out once before its reports are made.
create table report_average (
  county_id uuid not null,
  month date not null,
  subject_type text not null,
  scale text not null,
  kind text not null,
  subjects int not null,
  score int not null,
  groups jsonb not null,
  totals jsonb not null,
  primary key (county_id, month, subject_type, scale, kind)
);
grant select, insert on report_average to linghang_county;
alter table report_average enable row level security;
alter table report_average force row level security;
create policy county_read on report_average for select to linghang_county using (county_id = (select app.county()));
create policy county_insert on report_average for insert to linghang_county with check (county_id = (select app.county()));
