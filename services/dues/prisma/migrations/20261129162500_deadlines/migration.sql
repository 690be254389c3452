-- By when a county wants done what the year asks of those who keep dues, where it decides otherwise than is commonly done.
alter table dues_settings
  add column fixing_within integer not null default 31 check (fixing_within between 1 and 90),
  add column summary_within integer not null default 15 check (summary_within between 1 and 45),
  add column publication_within integer not null default 90 check (publication_within between 1 and 181),
  add column report_within integer not null default 90 check (report_within between 1 and 120);

alter table dues_fixing_schedule add column due_on date;
update dues_fixing_schedule set due_on = make_date(year, 1, 31);
alter table dues_fixing_schedule alter column due_on set not null;

-- What of a quarter or a year that is over is still to be told, and by when; done with the fact itself.
create table dues_statement_due (
  id uuid primary key,
  county_id uuid not null,
  org_id uuid not null,
  kind text not null check (kind in ('SUMMARY', 'PUBLICATION', 'REPORT')),
  period_from date not null,
  period_before date not null check (period_before > period_from),
  due_on date not null,
  done_on date,
  version bigint not null default 1,
  unique (org_id, kind, period_from)
);
create index dues_statement_due_open on dues_statement_due (county_id, kind) where done_on is null;
grant select, insert, update on dues_statement_due to linghang_county;
alter table dues_statement_due enable row level security;
alter table dues_statement_due force row level security;
create policy county_read on dues_statement_due for select to linghang_county using (county_id = (select app.county()));
create policy county_insert on dues_statement_due for insert to linghang_county with check (county_id = (select app.county()));
create policy county_update on dues_statement_due for update to linghang_county
  using (county_id = (select app.county())) with check (county_id = (select app.county()));
