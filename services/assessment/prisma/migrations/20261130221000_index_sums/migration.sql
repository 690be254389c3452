-- What each index comes to of an organisation and all that stood below it in a period (指数), worked out anew after whoever was
-- touched has been scored: a county has half a million sheets in a year, and nobody waits until they are read.
create table index_sum (
  county_id uuid not null,
  org_id uuid not null,
  period_from date not null,
  period_until date not null check (period_until >= period_from),
  key text not null,
  -- Of how many sheets something is known, and what they have together, in hundredths.
  sheets int not null,
  points bigint not null,
  -- How many of the organisations with which the pack compares it have a value, and what these come to together.
  peers int not null,
  peers_points bigint not null,
  primary key (county_id, org_id, period_from, period_until, key)
);
grant select, insert, delete on index_sum to linghang_county;
grant select on index_sum to linghang_scoped;
alter table index_sum enable row level security;
alter table index_sum force row level security;
create policy county_read on index_sum for select to linghang_county using (county_id = (select app.county()));
create policy county_insert on index_sum for insert to linghang_county with check (county_id = (select app.county()));
create policy county_delete on index_sum for delete to linghang_county using (county_id = (select app.county()));
create policy scoped_read on index_sum for select to linghang_scoped
  using (org_id = any ((select app.visible_orgs())::uuid[]));
-- What was scored before this was kept is summed once.
alter table scored_county no force row level security;
update scored_county set sums_from = '2000-01-01', sums_marks = sums_marks + 1;
alter table scored_county force row level security;
