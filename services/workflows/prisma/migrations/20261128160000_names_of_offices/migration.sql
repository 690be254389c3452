-- What organisations of the county are called: whoever sees a date or a request is told whose office answers for it.
-- Security definer: a branch does not see the committee above it, and has to know which one it is.
create function app.names_of_offices(orgs uuid[]) returns table (id uuid, name text)
language sql stable security definer set search_path = public, pg_temp as $$
  select n.id, n.name from org_node n
  where n.id = any (orgs) and n.county_id = nullif(current_setting('app.county_id', true), '')::uuid
$$;
alter function app.names_of_offices(uuid[]) owner to linghang_paths;
