-- What organisations pass up of a year's dues: the province-level committee sets how much each level keeps (党费规定 2008, art.
-- 27), and the county writes it down. Never changed: another year has another one.
create table dues_share_policy (
  county_id uuid not null,
  from_year integer not null check (from_year between 2008 and 2999),
  -- Of a thousand, of what members below paid. The centre's 5 % must be able to go on from a committee.
  branch_per_mille integer not null check (branch_per_mille between 0 and 1000),
  general_branch_per_mille integer not null check (general_branch_per_mille between 0 and 1000),
  committee_per_mille integer not null check (committee_per_mille between 50 and 1000),
  basis text not null,
  set_by uuid,
  set_at timestamptz not null,
  primary key (county_id, from_year)
);
grant select, insert on dues_share_policy to linghang_county;
grant select on dues_share_policy to linghang_scoped;
alter table dues_share_policy enable row level security;
alter table dues_share_policy force row level security;
create policy county_read on dues_share_policy for select to linghang_county, linghang_scoped using (county_id = (select app.county()));
create policy county_insert on dues_share_policy for insert to linghang_county with check (county_id = (select app.county()));
create trigger append_only before update or delete on dues_share_policy for each row execute function app.refuse_change();
create trigger never_emptied before truncate on dues_share_policy for each statement execute function app.refuse_change();
