-- Each county's own key, wrapped by a master key that only the service's environment holds. Destroying the row
-- makes everything that the county has sealed unreadable.
create table county_key (
  county_id uuid primary key,
  master_key_id text not null,
  wrapped bytea not null,
  created_at timestamptz not null default now()
);
grant select, insert on county_key to linghang_county;
alter table county_key enable row level security;
alter table county_key force row level security;
create policy county_read on county_key for select to linghang_county using (county_id = (select app.county()));
create policy county_insert on county_key for insert to linghang_county with check (county_id = (select app.county()));
