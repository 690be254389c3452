-- How often people did what the audit names at organisations: counts alone, since the audit itself is for few. Security definer:
-- it asks itself whether an organisation is the actor's to see. Org has the same of its own; the other services that are asked
-- link to this file.
create index audit_entry_of_org on audit_entry (org_id, recorded_at) where account_id is not null;
grant select on audit_entry to linghang_paths;
create function app.asked_of(orgs uuid[], from_at timestamptz, until_at timestamptz)
returns table (org_id uuid, action text, times int)
language sql stable security definer set search_path = public, pg_temp as $$
  select e.org_id, e.action, count(*)::int from audit_entry e
  where e.county_id = nullif(current_setting('app.county_id', true), '')::uuid and e.org_id = any (orgs)
    and e.recorded_at >= from_at and e.recorded_at < until_at and e.account_id is not null
    and (current_setting('role') = 'linghang_county'
      or array[e.org_id] <@ app.orgs_under(current_setting('app.read_grants', true)))
  group by e.org_id, e.action
$$;
alter function app.asked_of(uuid[], timestamptz, timestamptz) owner to linghang_paths;
