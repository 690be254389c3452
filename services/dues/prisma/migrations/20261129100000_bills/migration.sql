-- From which day the register knows a person, and up to and with which month they paid elsewhere as their letter says it
-- (党费交至). Of records that stand nobody knows the day: they count from the month after this one, or from their letter.
alter table dues_record add column known_on date;
update dues_record set known_on = (now() at time zone 'Asia/Shanghai')::date;
alter table dues_record alter column known_on set not null, add column paid_through date check (extract(day from paid_through) = 1);

-- To which organisation somebody's dues go from a month on: whoever moves pays at the old one up to and with the month in
-- which they do.
create table dues_place (
  member_id uuid not null,
  from_month date not null check (extract(day from from_month) = 1),
  county_id uuid not null,
  org_id uuid not null,
  primary key (member_id, from_month)
);
insert into dues_place (member_id, from_month, county_id, org_id) select member_id, '0001-01-01', county_id, org_id from dues_record;
create index dues_place_by_organisation on dues_place (org_id, member_id);

-- Times for which nothing is owed although somebody is on the register (停止党籍、出国（境）).
create table dues_pause (
  id uuid primary key,
  county_id uuid not null,
  org_id uuid not null,
  member_id uuid not null,
  kind text not null check (kind in ('MEMBERSHIP_SUSPENDED', 'ABROAD')),
  from_on date not null,
  until_on date check (until_on >= from_on),
  basis text not null,
  recorded_by uuid,
  recorded_at timestamptz not null
);
create unique index dues_pause_lasting on dues_pause (member_id) where until_on is null;
create index dues_pause_of_member on dues_pause (member_id, from_on);

-- What somebody owes for a month. What it is worked out from stays as it was then; what was waived and paid follows.
create table dues_bill (
  id uuid primary key,
  county_id uuid not null,
  org_id uuid not null,
  member_id uuid not null,
  month date not null check (extract(day from month) = 1),
  category text not null,
  base_fen bigint,
  due_fen bigint not null check (due_fen >= 0),
  waived_fen bigint not null default 0,
  paid_fen bigint not null default 0,
  -- The day on which the last fen of it was received; null while something is open.
  settled_on date,
  -- Why it is not owed after all, of somebody who had left or was suspended when it was made.
  withdrawn text,
  billed_at timestamptz not null,
  unique (member_id, month),
  unique (id, county_id),
  constraint dues_bill_not_overpaid check (waived_fen >= 0 and paid_fen >= 0 and waived_fen + paid_fen <= due_fen),
  constraint dues_bill_settled check ((settled_on is not null) = (waived_fen + paid_fen = due_fen))
);
create index dues_bill_of_month on dues_bill (org_id, month, member_id);
create index dues_bill_open on dues_bill (member_id, month) where settled_on is null;

grant select, insert, update on dues_place, dues_pause, dues_bill to linghang_county;
grant select on dues_place, dues_pause, dues_bill to linghang_scoped;
do $$
declare
  target text;
begin
  foreach target in array array['dues_place', 'dues_pause', 'dues_bill'] loop
    execute format('alter table %I enable row level security', target);
    execute format('alter table %I force row level security', target);
    execute format('create policy county_read on %I for select to linghang_county using (county_id = (select app.county()))', target);
    execute format('create policy county_insert on %I for insert to linghang_county with check (county_id = (select app.county()))', target);
    execute format('create policy county_update on %I for update to linghang_county using (county_id = (select app.county())) with check (county_id = (select app.county()))', target);
    execute format('create policy scoped_read on %I for select to linghang_scoped using (org_id = any ((select app.visible_orgs())::uuid[]) or member_id = (select app.own_member()))', target);
  end loop;
end $$;
