-- What members find in their own inbox, where the county decides otherwise than is commonly done.
alter table dues_settings
  add column remind_before integer not null default 3 check (remind_before between 0 and 10),
  add column ask_to_confirm boolean not null default true;

-- What a member is to be told of, once: a month that is open at its end, a base that was proposed. Nobody reads it here; the
-- member does in their inbox.
create table dues_reminder (
  id uuid primary key,
  county_id uuid not null,
  org_id uuid not null,
  member_id uuid not null,
  kind text not null check (kind in ('DUES_OPEN', 'BASE_TO_CONFIRM')),
  month date not null check (extract(day from month) = 1),
  months integer not null check (months >= 0),
  line_id uuid,
  -- Proposed anew, or corrected, it is another thing to look at.
  line_version bigint,
  opened_on date not null,
  closed_on date,
  version bigint not null default 1,
  check ((kind = 'BASE_TO_CONFIRM') = (line_id is not null and line_version is not null))
);
create unique index dues_reminder_of_month on dues_reminder (member_id, month) where kind = 'DUES_OPEN';
create unique index dues_reminder_of_line on dues_reminder (line_id, line_version) where line_id is not null;
create index dues_reminder_open on dues_reminder (county_id, member_id) where closed_on is null;
grant select, insert, update on dues_reminder to linghang_county;
alter table dues_reminder enable row level security;
alter table dues_reminder force row level security;
create policy county_read on dues_reminder for select to linghang_county using (county_id = (select app.county()));
create policy county_insert on dues_reminder for insert to linghang_county with check (county_id = (select app.county()));
create policy county_update on dues_reminder for update to linghang_county
  using (county_id = (select app.county())) with check (county_id = (select app.county()));
