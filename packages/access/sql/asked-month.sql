-- What an organisation had to fill in in a month, as one service counts it: in that service what it told last, in org what the others
-- told, so that whoever was asked for most stands first over all of them. Sums alone; what they are of stays where it was done.
create table asked_month (
  org_id uuid not null,
  month date not null check (extract(day from month) = 1),
  service text not null,
  county_id uuid not null,
  times int not null check (times >= 0),
  fields int not null check (fields >= 0),
  picked int not null check (picked >= 0),
  known int not null check (known >= 0),
  version bigint not null check (version > 0),
  primary key (org_id, month, service)
);
grant select, insert, update on asked_month to linghang_county;
grant select on asked_month to linghang_scoped;
call app.protect('asked_month');
create policy scoped_read on asked_month for select to linghang_scoped using (org_id = any ((select app.visible_orgs())::uuid[]));
