-- What decides whether the organisation at which somebody acts may approve: asked by a delegate too, who may not see it.
create function app.power_of_acting(org uuid)
returns table (kind text, approves boolean, superior_kind text, superior_unit_kind text)
language sql stable security definer set search_path = public, pg_temp as $$
  select n.kind, n.approves, above.kind, above.unit_kind
  from org_node n left join org_node above on above.id = n.superior_id
  where n.id = org and n.county_id = nullif(current_setting('app.county_id', true), '')::uuid
    and n.id = any ((select app.acting_orgs())::uuid[])
$$;
alter function app.power_of_acting(uuid) owner to linghang_paths;
drop function app.kind_of_acting(uuid);
