-- Cities, and the logins that read their counties. An operator's command writes both: nobody above could be asked whether it
-- may be done. What an office of a city is today follows from here alone, so that no county can take or give it.
create table city (
  id uuid primary key,
  code text not null unique check (code ~ '^[0-9]{6}$'),
  name text not null
);
grant select on city to linghang_city, linghang_service;
grant insert on city to linghang_service;
alter table city enable row level security;
alter table city force row level security;
create policy own_city on city for select to linghang_city using (id = (select app.city()));
create policy service_reads on city for select to linghang_service using (true);
create policy service_registers on city for insert to linghang_service with check (true);

create table city_office (
  id uuid primary key,
  city_id uuid not null references city (id),
  name text not null,
  issuer text not null,
  subject text not null,
  starts_on date not null,
  ends_on date,
  check (ends_on >= starts_on)
);
-- One login is one office of one city.
create unique index city_office_login on city_office (issuer, subject) where ends_on is null;
create index city_office_of_city on city_office (city_id);
grant select, insert, update on city_office to linghang_service;
alter table city_office enable row level security;
alter table city_office force row level security;
create policy service_keeps on city_office for all to linghang_service using (true) with check (true);

-- What counties are called, for their city; and which they are, for the command that binds them.
grant select on county to linghang_city;
create policy of_city on county for select to linghang_city using (id = any ((select app.city_counties())::uuid[]));
grant select on city_county to linghang_service;
create policy service_reads on city_county for select to linghang_service using (true);
