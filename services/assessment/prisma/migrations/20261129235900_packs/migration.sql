-- By what a county scores, from a day on, and who decided it: never changed, only followed by another. A pack begins scoring or
-- takes another's place, an end stops it; a county without any scores nothing (R2).
create table pack_decision (
  county_id uuid not null,
  version int not null check (version between 1 and 10000),
  kind text not null check (kind in ('PACK', 'END')),
  effective_from date not null,
  title text not null,
  number text not null,
  organ text not null,
  decided_on date not null,
  pack_key text,
  document jsonb,
  set_by uuid,
  set_at timestamptz not null,
  primary key (county_id, version),
  unique (county_id, effective_from),
  constraint pack_decision_document check ((kind = 'PACK') = (document is not null) and (kind = 'PACK') = (pack_key is not null)),
  constraint pack_decision_days check (effective_from >= decided_on)
);
grant select, insert on pack_decision to linghang_county;
grant select on pack_decision to linghang_scoped;
alter table pack_decision enable row level security;
alter table pack_decision force row level security;
-- Everybody who is scored may read by what.
create policy county_read on pack_decision for select to linghang_county, linghang_scoped using (county_id = (select app.county()));
create policy county_insert on pack_decision for insert to linghang_county with check (county_id = (select app.county()));
create trigger append_only before update or delete on pack_decision for each row execute function app.refuse_change();
create trigger never_emptied before truncate on pack_decision for each statement execute function app.refuse_change();
