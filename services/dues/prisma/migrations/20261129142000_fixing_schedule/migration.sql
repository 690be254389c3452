-- That a branch's dues are to be fixed for a year, from when it was begun, or the year before was checked, until all is checked.
create table dues_fixing_schedule (
  id uuid primary key,
  county_id uuid not null,
  org_id uuid not null,
  year int not null,
  checked_on date,
  version bigint not null,
  unique (org_id, year),
  foreign key (org_id, county_id) references org_node (id, county_id)
);
grant select, insert, update on dues_fixing_schedule to linghang_county;
grant select on dues_fixing_schedule to linghang_scoped;
alter table dues_fixing_schedule enable row level security;
alter table dues_fixing_schedule force row level security;
create policy county_read on dues_fixing_schedule for select to linghang_county using (county_id = (select app.county()));
create policy county_insert on dues_fixing_schedule for insert to linghang_county with check (county_id = (select app.county()));
create policy county_update on dues_fixing_schedule for update to linghang_county
  using (county_id = (select app.county())) with check (county_id = (select app.county()));
create policy scoped_read on dues_fixing_schedule for select to linghang_scoped
  using (org_id = any ((select app.visible_orgs())::uuid[]));
