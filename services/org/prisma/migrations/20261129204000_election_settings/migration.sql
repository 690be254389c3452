-- What a county has decided of elections where handbooks differ, from a day on; never changed, only followed by another.
create table election_settings (
  county_id uuid not null,
  effective_from date not null,
  plenary_quorum text not null check (plenary_quorum in ('FOUR_FIFTHS', 'TWO_THIRDS')),
  elected_base text not null check (elected_base in ('DUE', 'PRESENT')),
  in_time_days int not null check (in_time_days between 0 and 180),
  -- Days from the assembly by step, those alone that are not as practice has them.
  days jsonb not null,
  basis text not null,
  set_by uuid,
  set_at timestamptz not null,
  primary key (county_id, effective_from)
);
grant select, insert on election_settings to linghang_county;
grant select on election_settings to linghang_scoped;
alter table election_settings enable row level security;
alter table election_settings force row level security;
create policy county_read on election_settings for select to linghang_county, linghang_scoped using (county_id = (select app.county()));
create policy county_insert on election_settings for insert to linghang_county with check (county_id = (select app.county()));
create trigger append_only before update or delete on election_settings for each row execute function app.refuse_change();
create trigger election_settings_stays before truncate on election_settings for each statement execute function app.refuse_change();
