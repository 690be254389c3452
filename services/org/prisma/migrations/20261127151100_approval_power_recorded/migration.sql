-- Whether an organisation may approve, as its superior has recorded it, and on what it rests (批复文号 …).
alter table organisation add column approves boolean, add column approves_basis text,
  add constraint organisation_approves_basis check ((approves is null) = (approves_basis is null));

-- Other services have not been told in what units organisations are set up. Those of towns and streets matter: what
-- stands below them may not approve. They are told of again, as they are.
with told as (
  update organisation set version = version + 1 where unit_kind = 'SUBDISTRICT_OR_TOWN' returning *
), noted as (
  update org_node n set version = t.version from told t where n.id = t.id
)
insert into outbox_event (county_id, org_id, type, subject, key, data)
select county_id, id, 'org.organisation.changed.v1', id::text, county_id::text, jsonb_build_object(
  'id', id, 'code', code, 'name', name, 'kind', kind, 'superiorId', superior_id, 'unitKind', unit_kind, 'approves', null,
  'term', case when term_start is null or term_end is null then null else jsonb_build_object('start', term_start, 'end', term_end) end,
  'version', version)
from told order by told.id;

update org_node n set unit_kind = o.unit_kind from organisation o where o.id = n.id;
