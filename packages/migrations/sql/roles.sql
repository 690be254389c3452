-- The roles of the whole server: once a server, and again whenever this file has changed. For whoever administers it: a
-- superuser, or a role that may create roles and has BYPASSRLS itself. It changes nothing that is right already.
--
--   psql -v ON_ERROR_STOP=1 -v owner=linghang_owner -v login_password="$LOGIN_PASSWORD" -f roles.sql
--
-- `owner` is who migrates and owns the databases: created without login where there is none. An empty `login_password`
-- leaves the password of linghang_login as it is. A SCRAM verifier instead of the password keeps it out of every log.
begin;
-- Roles belong to all databases: two runs at once would fail at each other's rows.
select pg_advisory_xact_lock(730117402)::text;
select set_config('linghang.owner', :'owner', true), set_config('linghang.login_password', :'login_password', true);

do $$
declare
  owner text := current_setting('linghang.owner');
  wanted record;
begin
  for wanted in select * from (values
    ('linghang_login', 'login noinherit'),    -- what services log in as: nothing by itself
    ('linghang_county', 'nologin'),           -- one county's rows
    ('linghang_scoped', 'nologin'),           -- rows of the organisations granted
    ('linghang_city', 'nologin'),             -- what is summed up of a city's counties
    ('linghang_service', 'nologin'),          -- outbox, dead letters, leases
    ('linghang_paths', 'nologin bypassrls'),  -- owns the functions that read the tree past row-level security
    ('linghang_chain', 'nologin bypassrls'),  -- owns the trigger that links audit rows into chains
    (owner, 'nologin')) as role (name, attributes)
  loop
    if not exists (select from pg_roles where rolname = wanted.name) then
      execute format('create role %I %s', wanted.name, wanted.attributes);
    end if;
  end loop;

  for wanted in select rolname from pg_roles where (rolsuper or rolbypassrls)
    and rolname in ('linghang_login', 'linghang_county', 'linghang_scoped', 'linghang_city', 'linghang_service', owner)
  loop
    raise exception 'role % is a superuser or passes row-level security: nothing would be kept from it (角色 % 是超级用户或可绕过行级安全，数据隔离将失效)', wanted.rolname, wanted.rolname
      using hint = format('alter role %I nosuperuser nobypassrls', wanted.rolname);
  end loop;
  for wanted in select rolname from pg_roles where not rolbypassrls and rolname in ('linghang_paths', 'linghang_chain') loop
    execute format('alter role %I bypassrls', wanted.rolname);
  end loop;
  if (select rolinherit from pg_roles where rolname = 'linghang_login') then
    alter role linghang_login noinherit;
  end if;
  if not (select rolcanlogin from pg_roles where rolname = 'linghang_login') then
    alter role linghang_login login;
  end if;

  -- The login changes into the roles that do the work and has nothing of them meanwhile.
  for wanted in select unnest(array['linghang_county', 'linghang_scoped', 'linghang_city', 'linghang_service']) as name loop
    if not pg_has_role('linghang_login', wanted.name, 'set') or pg_has_role('linghang_login', wanted.name, 'usage') then
      execute format('grant %I to linghang_login with inherit false, set true', wanted.name);
    end if;
  end loop;
  -- The owner gives functions to these two (`set`) and replaces them later (`inherit`). Passing row-level security is an
  -- attribute, and attributes are not inherited.
  for wanted in select unnest(array['linghang_paths', 'linghang_chain']) as name loop
    if not pg_has_role(owner, wanted.name, 'set') or not pg_has_role(owner, wanted.name, 'usage') then
      execute format('grant %I to %I with inherit true, set true', wanted.name, owner);
    end if;
  end loop;

  if current_setting('linghang.login_password') <> '' then
    execute format('alter role linghang_login password %L', current_setting('linghang.login_password'));
  end if;
end $$;
commit;
