-- Whoever keeps the books of dues (会计、出纳) has to know who owes: of probationary and full members of those books the name, and
-- of no file anything else. Past row-level security, which shows whole rows: the function itself can read no more than this.
grant select (id, county_id, org_id, name, kind) on member to linghang_paths;
create function app.holder_names(ids uuid[]) returns table (id uuid, org_id uuid, name text)
language sql stable security definer set search_path = public, pg_temp as $$
  select m.id, m.org_id, m.name
  from member m
  where m.id = any (ids)
    and m.county_id = nullif(current_setting('app.county_id', true), '')::uuid
    and m.kind in ('PROBATIONARY', 'FULL')
    and (current_setting('role') = 'linghang_county'
      or m.org_id = any ((select app.book_orgs())::uuid[])
      or m.id = (select app.own_member()))
$$;
alter function app.holder_names(uuid[]) owner to linghang_paths;

-- That an organisation is among those of their books is read in the tree; what lies in it stays with its own policies.
alter policy scoped_read on org_node using (id = any ((select app.book_orgs())::uuid[]));
