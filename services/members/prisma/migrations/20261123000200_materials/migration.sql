-- Papers of a development case (S0-13). A paper that is replaced stays, with the one that took its place behind it.
create table material (
  id uuid primary key,
  county_id uuid not null,
  org_id uuid not null,
  case_id uuid not null,
  step text not null,
  template text not null,
  -- Political review and what others were asked: never shown to whom the case is about.
  confidential boolean not null,
  file_name text not null,
  state text not null check (state in ('UPLOADING', 'FILED', 'REPLACED', 'ABANDONED')),
  replaces uuid references material (id),
  filed_on date not null,
  created_at timestamptz not null,
  uploaded_by uuid,
  -- What was filed; null until it is.
  media_type text,
  bytes bigint,
  sha256 bytea,
  object_key text,
  filed_at timestamptz,
  check ((state in ('FILED', 'REPLACED')) = (object_key is not null and sha256 is not null and bytes is not null
    and media_type is not null and filed_at is not null)),
  foreign key (case_id, county_id) references development_case (id, county_id)
);
create index material_of_case on material (case_id, step, id);
create index material_unfinished on material (created_at) where state = 'UPLOADING';
create unique index material_replaced_once on material (replaces) where state in ('FILED', 'REPLACED');
grant select, insert, update on material to linghang_county, linghang_scoped;
alter table material enable row level security;
alter table material force row level security;
create policy county_read on material for select to linghang_county using (county_id = (select app.county()));
create policy county_insert on material for insert to linghang_county with check (county_id = (select app.county()));
create policy county_update on material for update to linghang_county using (county_id = (select app.county()))
  with check (county_id = (select app.county()));
-- The case decides, not where the paper was filed: a case that moves takes its papers along.
create policy scoped_read on material for select to linghang_scoped
  using (exists (select from development_case c where c.id = case_id
    and (c.org_id = any ((select app.visible_orgs())::uuid[])
      or (not confidential and (c.member_id = (select app.own_member()) or (select app.own_member()) = any (c.companions))))));
create policy scoped_insert on material for insert to linghang_scoped
  with check (county_id = (select app.county())
    and exists (select from development_case c where c.id = case_id and c.org_id = any ((select app.writable_orgs())::uuid[])));
create policy scoped_update on material for update to linghang_scoped
  using (exists (select from development_case c where c.id = case_id and c.org_id = any ((select app.writable_orgs())::uuid[])))
  with check (county_id = (select app.county()));

-- What was filed is not changed any more, and no row goes: whoever looks in ten years finds what was there.
create function app.material_stays() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' then
    raise exception 'material is kept: DELETE refused' using errcode = 'integrity_constraint_violation';
  end if;
  if (new.id, new.county_id, new.case_id, new.step, new.template, new.confidential, new.file_name, new.created_at)
      is distinct from (old.id, old.county_id, old.case_id, old.step, old.template, old.confidential, old.file_name, old.created_at)
    or (old.state in ('FILED', 'REPLACED') and ((new.sha256, new.bytes, new.object_key, new.media_type, new.filed_at, new.filed_on)
      is distinct from (old.sha256, old.bytes, old.object_key, old.media_type, old.filed_at, old.filed_on)
      or new.state not in ('FILED', 'REPLACED')))
    or (old.state = 'REPLACED' and new.state <> 'REPLACED') then
    raise exception 'a material that was filed is not changed' using errcode = 'integrity_constraint_violation';
  end if;
  return new;
end $$;
create trigger material_stays before update or delete on material for each row execute function app.material_stays();

-- Every object that was begun in the store, noted before its first byte: what no filed material names is an orphan,
-- whoever was killed in between, and is swept.
create table material_object (
  key text primary key,
  county_id uuid not null,
  material_id uuid not null references material (id),
  begun_at timestamptz not null
);
create index material_object_begun on material_object (begun_at);
grant select, insert, delete on material_object to linghang_county;
grant select, insert, delete on material_object to linghang_scoped;
grant select, delete on material_object to linghang_service;
grant select, update on material to linghang_service;
alter table material_object enable row level security;
alter table material_object force row level security;
create policy county_all on material_object for all to linghang_county using (county_id = (select app.county()))
  with check (county_id = (select app.county()));
-- Whoever may see the paper may begin and finish its file.
create policy scoped_own on material_object for all to linghang_scoped
  using (county_id = (select app.county()) and exists (select from material m where m.id = material_id))
  with check (county_id = (select app.county()) and exists (select from material m where m.id = material_id));
create policy scoped_insert on material_object for insert to linghang_scoped
  with check (county_id = (select app.county()) and exists (select from material m where m.id = material_id));
create policy scoped_read on material_object for select to linghang_scoped
  using (county_id = (select app.county()) and exists (select from material m where m.id = material_id));
create policy scoped_delete on material_object for delete to linghang_scoped
  using (county_id = (select app.county()) and exists (select from material m where m.id = material_id));
create policy service_sweeps on material_object for all to linghang_service using (true);
create policy service_sweeps on material for all to linghang_service using (true);
