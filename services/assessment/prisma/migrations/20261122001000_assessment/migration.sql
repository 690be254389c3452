-- Facts as other services told them: one row a person.
create table person_fact (
  member_id uuid primary key,
  county_id uuid not null,
  org_id uuid,
  kind text,
  in_register boolean not null default false,
  member_version bigint not null default 0,
  owes_dues boolean not null default false,
  dues_complete boolean not null default false,
  dues_version bigint not null default 0
);
create index person_fact_by_organisation on person_fact (org_id) include (kind, owes_dues, dues_complete) where in_register;
grant select, insert, update on person_fact to linghang_county, linghang_scoped;
call app.protect('person_fact');
create policy scoped_read on person_fact for select to linghang_scoped
  using (org_id = any ((select app.visible_orgs())::uuid[]) or member_id = (select app.own_member()));

-- How many people of each kind each organisation has, counted again from the facts whenever one of them changes: a
-- count that is derived cannot drift.
create table tally (
  org_id uuid primary key,
  county_id uuid not null,
  applicants int not null default 0,
  activists int not null default 0,
  candidates int not null default 0,
  probationary int not null default 0,
  full_members int not null default 0,
  owing_dues int not null default 0,
  dues_complete int not null default 0
);
grant select, insert, update on tally to linghang_county;
grant select on tally to linghang_scoped;
call app.protect('tally');
create policy scoped_read on tally for select to linghang_scoped using (org_id = any ((select app.visible_orgs())::uuid[]));
