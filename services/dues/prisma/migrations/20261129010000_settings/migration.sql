-- What a county decides of how dues are worked out, from a day on; never changed, only followed by another.
create table dues_settings (
  county_id uuid not null,
  effective_from date not null,
  rounding text not null check (rounding in ('FEN', 'JIAO')),
  farmer_fen bigint not null check (farmer_fen between 20 and 100),
  basis text not null,
  set_by uuid,
  set_at timestamptz not null,
  primary key (county_id, effective_from)
);
grant select, insert on dues_settings to linghang_county;
grant select on dues_settings to linghang_scoped;
alter table dues_settings enable row level security;
alter table dues_settings force row level security;
create policy county_read on dues_settings for select to linghang_county, linghang_scoped using (county_id = (select app.county()));
create policy county_insert on dues_settings for insert to linghang_county with check (county_id = (select app.county()));
create trigger append_only before update or delete on dues_settings for each row execute function app.refuse_change();
