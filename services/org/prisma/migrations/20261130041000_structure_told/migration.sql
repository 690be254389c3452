-- What was told last of how an organisation is set up: each finding with the day on which it was first found. No row: nothing yet.
create table structure_told (
  org_id uuid primary key,
  county_id uuid not null,
  findings jsonb not null,
  version int not null check (version > 0),
  foreign key (org_id, county_id) references organisation (id, county_id)
);
grant select, insert, update on structure_told to linghang_county;
call app.protect('structure_told');
