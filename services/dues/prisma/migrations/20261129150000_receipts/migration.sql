-- The last number given out by each organisation in each year. Whoever issues locks its row until the transaction ends: a
-- number that was not written after all is given out again, so there is no gap.
create table dues_receipt_series (
  org_id uuid not null,
  year integer not null,
  county_id uuid not null,
  last integer not null check (last > 0),
  primary key (org_id, year)
);

-- Receipts for dues. A number stays with its receipt for ever, voided or not: there is no right to delete, and of what is
-- written only the voiding may be changed.
create table dues_receipt (
  id uuid primary key,
  county_id uuid not null,
  org_id uuid not null,
  member_id uuid not null,
  year integer not null,
  number integer not null check (number > 0),
  -- As the organisation was called when the receipt was written.
  org_name text not null,
  amount_fen bigint not null check (amount_fen > 0),
  -- Between which days it was received.
  from_on date not null,
  until_on date not null,
  issued_on date not null,
  issued_at timestamptz not null,
  issued_by uuid,
  voided_at timestamptz,
  voided_by uuid,
  void_reason text,
  unique (id, county_id),
  unique (org_id, year, number),
  check (from_on <= until_on),
  check (year = extract(year from issued_on)),
  check ((voided_at is null) = (void_reason is null))
);
create index dues_receipt_of_member on dues_receipt (member_id, id);

-- For which payments; each has one good receipt at most.
create table dues_receipt_payment (
  receipt_id uuid not null,
  payment_id uuid not null,
  county_id uuid not null,
  org_id uuid not null,
  member_id uuid not null,
  good boolean not null,
  primary key (receipt_id, payment_id),
  foreign key (receipt_id, county_id) references dues_receipt (id, county_id),
  foreign key (payment_id, county_id) references dues_payment (id, county_id)
);
create index dues_receipt_payment_of_payment on dues_receipt_payment (payment_id);
create unique index dues_receipt_payment_once on dues_receipt_payment (payment_id) where good;

-- What it says the money was for when it was written; what was paid ahead then may pay a month later.
create table dues_receipt_line (
  receipt_id uuid not null,
  n integer not null,
  county_id uuid not null,
  org_id uuid not null,
  member_id uuid not null,
  item text not null check (item in ('DUES', 'ADVANCE', 'VOLUNTARY')),
  month date,
  amount_fen bigint not null check (amount_fen > 0),
  primary key (receipt_id, n),
  foreign key (receipt_id, county_id) references dues_receipt (id, county_id),
  check ((item = 'DUES') = (month is not null))
);

grant select, insert on dues_receipt_series, dues_receipt, dues_receipt_payment, dues_receipt_line to linghang_county;
grant update (last) on dues_receipt_series to linghang_county;
grant update (voided_at, voided_by, void_reason) on dues_receipt to linghang_county;
grant update (good) on dues_receipt_payment to linghang_county;
grant select on dues_receipt_series, dues_receipt, dues_receipt_payment, dues_receipt_line to linghang_scoped;
do $$
declare
  target text;
begin
  foreach target in array array['dues_receipt_series', 'dues_receipt', 'dues_receipt_payment', 'dues_receipt_line'] loop
    execute format('alter table %I enable row level security', target);
    execute format('alter table %I force row level security', target);
    execute format('create policy county_read on %I for select to linghang_county using (county_id = (select app.county()))', target);
    execute format('create policy county_insert on %I for insert to linghang_county with check (county_id = (select app.county()))', target);
    if target <> 'dues_receipt_line' then
      execute format('create policy county_update on %I for update to linghang_county using (county_id = (select app.county())) with check (county_id = (select app.county()))', target);
    end if;
    if target = 'dues_receipt_series' then
      execute format('create policy scoped_read on %I for select to linghang_scoped using (org_id = any ((select app.visible_orgs())::uuid[]))', target);
    else
      execute format('create policy scoped_read on %I for select to linghang_scoped using (org_id = any ((select app.visible_orgs())::uuid[]) or member_id = (select app.own_member()))', target);
    end if;
  end loop;
end $$;
create trigger append_only before update or delete on dues_receipt_line for each row execute function app.refuse_change();
create trigger never_emptied before truncate on dues_receipt_line for each statement execute function app.refuse_change();
