-- As app.asked_below, each organisation with what its own offices did, wherever they did it.
create function app.asked_by_below(tops uuid[], from_at timestamptz, until_at timestamptz)
returns table (top_id uuid, org_id uuid, action text, times int)
language sql stable security definer set search_path = public, pg_temp as $$
  select top.id, n.id, done.action, count(*)::int
  from org_node top join org_node n on n.path <@ top.path
  cross join lateral (
    select e.action from audit_entry e
    where e.org_id = n.id and e.by_org_id is null and e.county_id = top.county_id
      and e.recorded_at >= from_at and e.recorded_at < until_at and e.account_id is not null
    union all
    select e.action from audit_entry e
    where e.by_org_id = n.id and e.county_id = top.county_id
      and e.recorded_at >= from_at and e.recorded_at < until_at and e.account_id is not null
  ) done
  where top.id = any (tops) and top.county_id = nullif(current_setting('app.county_id', true), '')::uuid
    and (current_setting('role') = 'linghang_county'
      or top.id = any ((select app.orgs_under(current_setting('app.read_grants', true)))::uuid[]))
  group by top.id, n.id, done.action
$$;
alter function app.asked_by_below(uuid[], timestamptz, timestamptz) owner to linghang_paths;
