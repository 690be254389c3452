-- Above counties stands a city (市): an office of it reads what is summed up of its counties, and nothing else. The third role
-- of an actor: it may only read, and of a table only the columns that the table itself shows it (app.show_to_city). One
-- file for every service's database; migrations link to it. Where the role may not be made here, roles.sql has made it.
do $$
begin
  if not exists (select from pg_roles where rolname = 'linghang_city') then
    begin
      create role linghang_city nologin;
    exception when duplicate_object or unique_violation then null;
    end;
  end if;
  if not pg_has_role('linghang_login', 'linghang_city', 'set') then
    grant linghang_city to linghang_login with inherit false, set true;
  end if;
end $$;
grant usage on schema public, app to linghang_city;

create function app.city() returns uuid language sql stable as $$
  select nullif(current_setting('app.city_id', true), '')::uuid
$$;

-- Which city a county belongs to, from the org service's events; null once it was let go.
create table city_county (
  county_id uuid primary key,
  city_id uuid,
  version bigint not null
);
create index city_county_of_city on city_county (city_id);
grant select, insert, update on city_county to linghang_county;
grant select on city_county to linghang_city;
alter table city_county enable row level security;
alter table city_county force row level security;
create policy county_read on city_county for select to linghang_county using (county_id = (select app.county()));
create policy county_insert on city_county for insert to linghang_county with check (county_id = (select app.county()));
create policy county_update on city_county for update to linghang_county using (county_id = (select app.county())) with check (county_id = (select app.county()));
create policy city_read on city_county for select to linghang_city using (city_id = (select app.city()));

-- The counties of the actor's city; none where no city is set, as after a commit.
create function app.city_counties() returns uuid[] language sql stable as $$
  select coalesce(array_agg(county_id), '{}') from city_county where city_id = app.city()
$$;

-- A table shows the city these columns of its counties' rows. Columns are named, so that one that comes later, with what
-- people have told of themselves, is not shown because it stands in a table of numbers.
create procedure app.show_to_city(target regclass, variadic columns text[]) language plpgsql as $$
begin
  if not (select relrowsecurity and relforcerowsecurity from pg_class where oid = target) then
    raise exception '% is not protected: nothing of it is shown to a city', target;
  end if;
  execute format('grant select (%s) on %s to linghang_city', (select string_agg(quote_ident(c), ', ') from unnest(columns) c), target);
  if not exists (select from pg_policy where polrelid = target and polname = 'city_read') then
    execute format('create policy city_read on %s for select to linghang_city using (county_id = any ((select app.city_counties())::uuid[]))', target);
  end if;
end $$;

call app.show_to_city('org_node', 'id', 'county_id', 'kind', 'ended_on');
