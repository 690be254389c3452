-- What one member, and nobody else, is to find in their own inbox: of no office, and no superior sees it. Whoever answers for
-- the branch has lists of their own.
create table personal_reminder (
  id uuid primary key,
  county_id uuid not null,
  member_id uuid not null,
  kind text not null,
  month date not null,
  months integer not null,
  light text not null,
  -- What is to be confirmed, where something is.
  line_id uuid,
  -- In working hours; what is done before is never seen.
  shown_from timestamptz not null,
  closed_at timestamptz,
  read_at timestamptz,
  dismissed_at timestamptz,
  version bigint not null
);
create index personal_reminder_of_member on personal_reminder (member_id, id);
create index personal_reminder_of_line on personal_reminder (line_id) where line_id is not null and closed_at is null;
grant select, insert, update on personal_reminder to linghang_county;
grant select, update (read_at, dismissed_at) on personal_reminder to linghang_scoped;
alter table personal_reminder enable row level security;
alter table personal_reminder force row level security;
-- The service itself, which has no account, keeps what it hears. A person with rights in the whole county has their own alone.
create policy service_keeps on personal_reminder for all to linghang_county
  using (county_id = (select app.county()) and (select app.account()) is null)
  with check (county_id = (select app.county()) and (select app.account()) is null);
create policy own on personal_reminder for select to linghang_county, linghang_scoped
  using (county_id = (select app.county()) and member_id = (select app.own_member()));
create policy own_update on personal_reminder for update to linghang_county, linghang_scoped
  using (county_id = (select app.county()) and member_id = (select app.own_member()))
  with check (county_id = (select app.county()) and member_id = (select app.own_member()));
