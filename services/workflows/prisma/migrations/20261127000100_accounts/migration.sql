-- Accounts that the org service has told of: decisions are left to somebody who exists.
create table account_known (
  id uuid primary key,
  county_id uuid not null
);
insert into account_known (id, county_id) select distinct account_id, county_id from office_held;
grant select, insert, update on account_known to linghang_county;
grant select on account_known to linghang_paths;
alter table account_known enable row level security;
alter table account_known force row level security;
create policy county_read on account_known for select to linghang_county using (county_id = (select app.county()));
create policy county_insert on account_known for insert to linghang_county with check (county_id = (select app.county()));
create policy county_update on account_known for update to linghang_county using (county_id = (select app.county()));

-- Security definer: whoever leaves decisions to somebody need not see where that account is kept.
create function app.knows_account(account uuid) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
  select exists (select from account_known where id = account and county_id = nullif(current_setting('app.county_id', true), '')::uuid)
$$;
alter function app.knows_account(uuid) owner to linghang_paths;
