-- Who may see what, enforced by PostgreSQL itself. One file for every service's database; migrations link to it.
-- Roles are global to the server, databases are migrated one by one: whatever exists already is kept.
do $$
declare
  wanted text;
begin
  foreach wanted in array array['linghang_login', 'linghang_county', 'linghang_scoped', 'linghang_service', 'linghang_paths'] loop
    if not exists (select from pg_roles where rolname = wanted) then
      begin
        execute format('create role %I %s', wanted, case wanted
          when 'linghang_login' then 'login noinherit'
          when 'linghang_paths' then 'nologin bypassrls'
          else 'nologin' end);
      exception when duplicate_object or unique_violation then null;
      end;
    end if;
  end loop;
  foreach wanted in array array['linghang_county', 'linghang_scoped', 'linghang_service'] loop
    if not pg_has_role('linghang_login', wanted, 'set') then
      execute format('grant %I to linghang_login with inherit false, set true', wanted);
    end if;
  end loop;
end $$;

revoke create on schema public from public;
grant usage on schema public to linghang_county, linghang_scoped, linghang_service, linghang_paths;

create extension if not exists ltree;
create schema app;
grant usage on schema app to linghang_county, linghang_scoped, linghang_service, linghang_paths;

-- The tree of organisations as this service knows it: a label a node, so that a subtree that moves is one update.
create table org_node (
  id uuid primary key,
  county_id uuid not null,
  superior_id uuid,
  code text not null,
  name text not null,
  kind text not null,
  path ltree not null,
  version bigint not null,
  unique (id, county_id),
  unique (county_id, code)
);
create index org_node_path on org_node using gist (path);
create index org_node_superior on org_node (county_id, superior_id);
grant select on org_node to linghang_paths;
grant select, insert, update on org_node to linghang_county;
grant select on org_node to linghang_scoped;

-- After a commit a custom setting is '' and not NULL: nullif makes a forgotten context match nothing.
create function app.county() returns uuid language sql stable as $$
  select nullif(current_setting('app.county_id', true), '')::uuid
$$;
create function app.own_member() returns uuid language sql stable as $$
  select nullif(current_setting('app.member_id', true), '')::uuid
$$;
create function app.own_org() returns uuid language sql stable as $$
  select nullif(current_setting('app.own_org_id', true), '')::uuid
$$;
create function app.account() returns uuid language sql stable as $$
  select nullif(current_setting('app.account_id', true), '')::uuid
$$;

-- Every organisation at or below those granted. Security definer: it reads org_node past row-level security, and
-- its owner can do nothing else.
create function app.orgs_under(granted text) returns uuid[]
language sql stable security definer set search_path = public, pg_temp as $$
  select coalesce(array_agg(distinct below.id), '{}')
  from unnest(coalesce(nullif(granted, ''), '{}')::uuid[]) as g (id)
  join org_node root on root.id = g.id and root.county_id = nullif(current_setting('app.county_id', true), '')::uuid
  cross join lateral (select id from org_node where path <@ root.path) below
$$;
alter function app.orgs_under(text) owner to linghang_paths;

create function app.visible_orgs() returns uuid[] language sql stable as $$
  select app.orgs_under(current_setting('app.read_grants', true))
$$;
create function app.writable_orgs() returns uuid[] language sql stable as $$
  select app.orgs_under(current_setting('app.write_grants', true))
$$;

-- Whom an organisation reports to, nearest first: name and code and nothing else (S3-2), and only for an
-- organisation that the actor sees or belongs to.
create function app.superiors_of(orgs uuid[]) returns table (org_id uuid, id uuid, code text, name text, distance int)
language sql stable security definer set search_path = public, pg_temp as $$
  select n.id, s.id, s.code, s.name, nlevel(n.path) - nlevel(s.path)
  from org_node n
  join org_node s on s.path @> n.path and s.id <> n.id
  where n.id = any (orgs)
    and n.county_id = nullif(current_setting('app.county_id', true), '')::uuid
    and (current_setting('role') = 'linghang_county'
      or n.id = any ((select app.orgs_under(current_setting('app.read_grants', true)))::uuid[])
      or n.id = nullif(current_setting('app.own_org_id', true), '')::uuid)
  order by n.id, nlevel(s.path) desc
$$;
alter function app.superiors_of(uuid[]) owner to linghang_paths;

-- The two policies that nearly every table of records about organisations takes. Split by command: an own-row rule
-- inside FOR ALL would let people delete themselves.
create procedure app.protect(target regclass) language plpgsql as $$
begin
  execute format('alter table %s enable row level security', target);
  execute format('alter table %s force row level security', target);
  execute format('create policy county_read on %s for select to linghang_county using (county_id = (select app.county()))', target);
  execute format('create policy county_insert on %s for insert to linghang_county with check (county_id = (select app.county()))', target);
  execute format('create policy county_update on %s for update to linghang_county using (county_id = (select app.county())) with check (county_id = (select app.county()))', target);
  execute format('create policy scoped_insert on %s for insert to linghang_scoped with check (county_id = (select app.county()) and org_id = any ((select app.writable_orgs())::uuid[]))', target);
  execute format('create policy scoped_update on %s for update to linghang_scoped using (org_id = any ((select app.writable_orgs())::uuid[])) with check (county_id = (select app.county()) and org_id = any ((select app.writable_orgs())::uuid[]))', target);
end $$;

alter table org_node enable row level security;
alter table org_node force row level security;
create policy county_read on org_node for select to linghang_county using (county_id = (select app.county()));
create policy county_insert on org_node for insert to linghang_county with check (county_id = (select app.county()));
create policy county_update on org_node for update to linghang_county using (county_id = (select app.county())) with check (county_id = (select app.county()));
create policy scoped_read on org_node for select to linghang_scoped using (id = any ((select app.visible_orgs())::uuid[]));

-- Who did what to which record, on whose behalf: appended and never changed.
create table audit_entry (
  id uuid primary key,
  county_id uuid not null,
  org_id uuid,
  account_id uuid,
  action text not null,
  subject_type text not null,
  subject_id uuid not null,
  before_hash bytea,
  after_hash bytea,
  trace_id text,
  recorded_at timestamptz not null default now()
);
create index audit_entry_subject on audit_entry (county_id, subject_id, recorded_at);
grant select, insert on audit_entry to linghang_county;
grant insert on audit_entry to linghang_scoped;
alter table audit_entry enable row level security;
alter table audit_entry force row level security;
create policy county_read on audit_entry for select to linghang_county using (county_id = (select app.county()));
create policy county_insert on audit_entry for insert to linghang_county with check (county_id = (select app.county()));
create policy scoped_insert on audit_entry for insert to linghang_scoped with check (county_id = (select app.county()));

create function app.refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '% is append-only: % refused', tg_table_name, tg_op using errcode = 'integrity_constraint_violation';
end $$;
create trigger audit_entry_append_only before update or delete on audit_entry
  for each row execute function app.refuse_change();

-- The same key with the same input returns the first result; with another input it is refused.
create table idempotency_key (
  county_id uuid not null,
  account_id uuid not null,
  operation text not null,
  key text not null,
  input_hash bytea not null,
  result jsonb not null,
  created_at timestamptz not null default now(),
  primary key (county_id, account_id, operation, key)
);
grant select, insert on idempotency_key to linghang_county, linghang_scoped;
grant select, delete on idempotency_key to linghang_service;
alter table idempotency_key enable row level security;
alter table idempotency_key force row level security;
create policy own on idempotency_key for select to linghang_county, linghang_scoped
  using (county_id = (select app.county()) and account_id = (select app.account()));
create policy own_insert on idempotency_key for insert to linghang_county, linghang_scoped
  with check (county_id = (select app.county()) and account_id = (select app.account()));
create policy service_prunes on idempotency_key for all to linghang_service using (true);
