-- Everybody above a branch, the nearest first, with what decides whether they may approve: whoever keeps a branch does
-- not see them. Security definer: it reads the tree past row-level security and tells kinds alone.
create function app.superiors_for_decision(branch uuid)
returns table (id uuid, distance int, kind text, approves boolean, superior_kind text, superior_unit_kind text)
language sql stable security definer set search_path = public, pg_temp as $$
  select s.id, nlevel(n.path) - nlevel(s.path), s.kind, s.approves, above.kind, above.unit_kind
  from org_node n join org_node s on s.path @> n.path and s.id <> n.id
    left join org_node above on above.id = s.superior_id
  where n.id = branch and n.county_id = nullif(current_setting('app.county_id', true), '')::uuid
$$;
alter function app.superiors_for_decision(uuid) owner to linghang_paths;
drop function app.deciders_of(uuid, text[]);
