-- A county's own words for a system or a flow of organisational life, version by version; never changed, only followed by another.
create table library_text (
  county_id uuid not null,
  name text not null,
  version int not null check (version > 0),
  effective_from date not null,
  title text not null,
  sections jsonb not null,
  basis text not null,
  set_by uuid,
  set_at timestamptz not null,
  primary key (county_id, name, version),
  unique (county_id, name, effective_from)
);
grant select, insert on library_text to linghang_county;
grant select on library_text to linghang_scoped;
alter table library_text enable row level security;
alter table library_text force row level security;
create policy county_read on library_text for select to linghang_county, linghang_scoped using (county_id = (select app.county()));
create policy county_insert on library_text for insert to linghang_county with check (county_id = (select app.county()));
create trigger append_only before update or delete on library_text for each row execute function app.refuse_change();
