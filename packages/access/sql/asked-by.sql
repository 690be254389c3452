-- Whose office did something at another organisation, below it: what a committee fills in, for a branch too, is the committee's
-- work and not asked of the branch. It is hashed where it is there; rows of before, and of who did it at home, hash as they did.
alter table audit_entry add column by_org_id uuid;
create index audit_entry_by_org on audit_entry (by_org_id, recorded_at) where by_org_id is not null;
create or replace function app.audit_text(entry audit_entry, chain_id uuid, seq bigint, previous bytea) returns text
language sql stable as $$
  select (jsonb_build_array('1', chain_id::text, seq::text, encode(previous, 'hex'),
    entry.id::text, entry.county_id::text, entry.org_id::text, entry.account_id::text, entry.action, entry.subject_type,
    entry.subject_id::text, encode(entry.before_hash, 'hex'), encode(entry.after_hash, 'hex'), entry.trace_id,
    (extract(epoch from entry.recorded_at) * 1000000)::bigint::text)
    || case when entry.by_org_id is null then '[]'::jsonb else jsonb_build_array(entry.by_org_id::text) end)::text
$$;

-- Of the organisations at which somebody holds an office, or of the whole county its root, the one that is nearest at or above
-- this one. Security definer: it asks of the tree alone, and whoever does something here need not see who is above.
create function app.office_of(org uuid, places uuid[], whole boolean) returns uuid
language sql stable security definer set search_path = public, pg_temp as $$
  select above.id from org_node o
  cross join unnest(string_to_array(o.path::text, '.')::uuid[]) with ordinality above (id, level)
  where o.id = org and o.county_id = nullif(current_setting('app.county_id', true), '')::uuid
    and (above.id = any (places) or (whole and above.level = 1))
  order by above.level desc limit 1
$$;
alter function app.office_of(uuid, uuid[], boolean) owner to linghang_paths;

-- How often people did what the audit names, at the organisation whose office did it. As app.asked_of: counts alone, and it asks
-- itself whether an organisation is the actor's to see.
create function app.asked_by(orgs uuid[], from_at timestamptz, until_at timestamptz)
returns table (org_id uuid, action text, times int)
language sql stable security definer set search_path = public, pg_temp as $$
  select done.at, done.action, count(*)::int
  from (
    select e.org_id as at, e.action from audit_entry e
    where e.county_id = nullif(current_setting('app.county_id', true), '')::uuid and e.org_id = any (orgs) and e.by_org_id is null
      and e.recorded_at >= from_at and e.recorded_at < until_at and e.account_id is not null
    union all
    select e.by_org_id, e.action from audit_entry e
    where e.county_id = nullif(current_setting('app.county_id', true), '')::uuid and e.by_org_id = any (orgs)
      and e.recorded_at >= from_at and e.recorded_at < until_at and e.account_id is not null
  ) done
  where current_setting('role') = 'linghang_county'
    or array[done.at] <@ app.orgs_under(current_setting('app.read_grants', true))
  group by done.at, done.action
$$;
alter function app.asked_by(uuid[], timestamptz, timestamptz) owner to linghang_paths;
