-- Under which organisation each one stood from which day on, and as what: a sheet of a period counts what stood below in it,
-- and a branch that has moved since takes nothing away from what was counted before.
create table organisation_place (
  county_id uuid not null,
  org_id uuid not null,
  version bigint not null,
  day date not null,
  superior_id uuid,
  kind text not null,
  unit_kind text,
  ended_on date,
  primary key (org_id, version)
);
create index organisation_place_of_county on organisation_place (county_id, org_id);
grant select, insert on organisation_place to linghang_county;
grant select on organisation_place to linghang_scoped;
call app.protect('organisation_place');
create policy scoped_read on organisation_place for select to linghang_scoped
  using (org_id = any ((select app.visible_orgs())::uuid[]));
-- Those that were there before this was kept: as they stand, since they are known.
alter table org_node no force row level security;
alter table organisation_known no force row level security;
alter table organisation_place no force row level security;
insert into organisation_place (county_id, org_id, version, day, superior_id, kind, unit_kind, ended_on)
  select n.county_id, n.id, n.version, k.since, n.superior_id, n.kind, n.unit_kind, n.ended_on
  from org_node n join organisation_known k on k.org_id = n.id;
alter table organisation_place force row level security;
alter table organisation_known force row level security;
alter table org_node force row level security;
