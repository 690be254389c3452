-- One database, in which this runs: its owner, its extensions, and whatever somebody else has made in it. For whoever
-- administers the server, after roles.sql; before the first migration, and once where a superuser migrated until now.
-- Needed in a new database only where its owner may not create trusted extensions. It changes nothing that is right already.
--
--   createdb --owner=linghang_owner org
--   psql -v ON_ERROR_STOP=1 -v owner=linghang_owner -d org -f database.sql
begin;
select pg_advisory_xact_lock(730117402)::text;
select set_config('linghang.owner', :'owner', true);

create extension if not exists ltree;
create extension if not exists btree_gist;

do $$
declare
  owner text := current_setting('linghang.owner');
  -- Functions that pass row-level security stay with the two roles that they were given to.
  right_owners oid[] := array(select oid from pg_roles where rolname in (owner, 'linghang_paths', 'linghang_chain'));
  schemas oid[] := array(select oid from pg_namespace where nspname in ('public', 'app'));
  thing record;
begin
  if (select datdba <> owner::regrole from pg_database where datname = current_database()) then
    execute format('alter database %I owner to %I', current_database(), owner);
  end if;
  for thing in
    select format('schema %I', nspname) as name from pg_namespace where nspname = 'app' and not nspowner = any (right_owners)
    union all
    select format('%s %s', case relkind when 'v' then 'view' when 'm' then 'materialized view' when 'S' then 'sequence' else 'table' end,
        c.oid::regclass)
      from pg_class c
      where relkind in ('r', 'p', 'v', 'm', 'S') and relnamespace = any (schemas) and not relowner = any (right_owners)
        and not exists (select from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype in ('e', 'i', 'a'))
    union all
    select format('routine %s', p.oid::regprocedure) from pg_proc p
      where pronamespace = any (schemas) and not proowner = any (right_owners)
        and not exists (select from pg_depend d where d.classid = 'pg_proc'::regclass and d.objid = p.oid and d.deptype = 'e')
    union all
    select format('%s %s', case typtype when 'd' then 'domain' else 'type' end, t.oid::regtype) from pg_type t
      where typnamespace = any (schemas) and typtype in ('e', 'd') and not typowner = any (right_owners)
        and not exists (select from pg_depend d where d.classid = 'pg_type'::regclass and d.objid = t.oid and d.deptype = 'e')
  loop
    execute format('alter %s owner to %I', thing.name, owner);
  end loop;
end $$;
commit;
