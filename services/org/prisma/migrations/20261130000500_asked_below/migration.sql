-- The same for an organisation and all below it, counted at once: a county reads all its branches side by side. That the actor
-- sees the organisation is asked once, and not of each row.
create function app.asked_below(tops uuid[], from_at timestamptz, until_at timestamptz)
returns table (top_id uuid, org_id uuid, action text, times int)
language sql stable security definer set search_path = public, pg_temp as $$
  select top.id, e.org_id, e.action, count(*)::int
  from org_node top join org_node n on n.path <@ top.path
  join audit_entry e on e.org_id = n.id and e.county_id = top.county_id
    and e.recorded_at >= from_at and e.recorded_at < until_at and e.account_id is not null
  where top.id = any (tops) and top.county_id = nullif(current_setting('app.county_id', true), '')::uuid
    and (current_setting('role') = 'linghang_county'
      or top.id = any ((select app.orgs_under(current_setting('app.read_grants', true)))::uuid[]))
  group by top.id, e.org_id, e.action
$$;
alter function app.asked_below(uuid[], timestamptz, timestamptz) owner to linghang_paths;
