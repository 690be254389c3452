-- Of how many open cases somebody is contact or introducer, those of branches that the actor does not see too: a county
-- may bound it, and a bound that is counted in part is none. Security definer: it tells a number and nothing else.
create index development_case_of_companions on development_case using gin (companions) where phase = 'OPEN';
create function app.open_cases_with(member uuid, apart_from uuid) returns bigint
language sql stable security definer set search_path = public, pg_temp as $$
  select count(*) from development_case c
  where c.county_id = nullif(current_setting('app.county_id', true), '')::uuid and c.phase = 'OPEN'
    and c.companions @> array[member] and c.id <> apart_from
$$;
grant select on development_case to linghang_paths;
alter function app.open_cases_with(uuid, uuid) owner to linghang_paths;
