-- How often a bill has changed, which whoever hears of it goes by.
alter table dues_bill add column version bigint not null default 1;

-- What was received of a member's dues: recorded by one, confirmed by another, and only then in the books.
create table dues_payment (
  id uuid primary key,
  county_id uuid not null,
  -- Whose part of the account the money is.
  org_id uuid not null,
  member_id uuid not null,
  keeper_id uuid not null,
  account_id uuid not null,
  way text not null check (way in ('CASH', 'BANK', 'ONLINE')),
  payer text not null check (payer in ('SELF', 'RELATIVE', 'MEMBER')),
  payer_member_id uuid,
  -- Why somebody else paid, or why it is paid ahead: the branch's consent (党费规定 2008, art. 12).
  consent text,
  amount_fen bigint not null check (amount_fen > 0),
  -- What is done with more than is open: kept for the months to come, or given of one's own will.
  rest text check (rest in ('ADVANCE', 'VOLUNTARY')),
  dues_fen bigint not null default 0,
  advance_fen bigint not null default 0,
  voluntary_fen bigint not null default 0,
  received_on date not null,
  state text not null check (state in ('RECORDED', 'CONFIRMED', 'CANCELLED', 'REVERSED')),
  journal_id uuid unique,
  order_id uuid unique,
  why_ended text,
  recorded_by uuid,
  recorded_at timestamptz not null,
  confirmed_by uuid,
  confirmed_at timestamptz,
  unique (id, county_id),
  foreign key (keeper_id, county_id) references ledger_account (id, county_id),
  foreign key (account_id, county_id) references ledger_account (id, county_id),
  foreign key (journal_id, county_id) references ledger_journal (id, county_id),
  check ((payer = 'MEMBER') = (payer_member_id is not null)),
  check (payer = 'SELF' or consent is not null),
  check ((state in ('CONFIRMED', 'REVERSED')) = (journal_id is not null)),
  constraint dues_payment_shared check (dues_fen >= 0 and advance_fen >= 0 and voluntary_fen >= 0
    and (state <> 'CONFIRMED' or dues_fen + advance_fen + voluntary_fen = amount_fen)),
  -- Accountant is not cashier: nobody confirms what they recorded. The provider is both, and signs.
  constraint dues_payment_two_people check (way = 'ONLINE' or confirmed_by is null or confirmed_by is distinct from recorded_by)
);
create index dues_payment_of_member on dues_payment (member_id, id);
create index dues_payment_of_organisation on dues_payment (org_id, state, id);
create index dues_payment_ahead on dues_payment (member_id, id) where state = 'CONFIRMED' and advance_fen > 0;

-- Which bills a payment has paid; what is taken back is a share below zero.
create table dues_payment_share (
  payment_id uuid not null,
  bill_id uuid not null,
  n integer not null,
  county_id uuid not null,
  org_id uuid not null,
  member_id uuid not null,
  amount_fen bigint not null check (amount_fen <> 0),
  shared_at timestamptz not null,
  primary key (payment_id, bill_id, n),
  foreign key (payment_id, county_id) references dues_payment (id, county_id),
  foreign key (bill_id, county_id) references dues_bill (id, county_id)
);
create index dues_payment_share_of_bill on dues_payment_share (bill_id);

grant select, insert, update on dues_payment to linghang_county;
grant select, insert on dues_payment_share to linghang_county;
grant select on dues_payment, dues_payment_share to linghang_scoped;
do $$
declare
  target text;
begin
  foreach target in array array['dues_payment', 'dues_payment_share'] loop
    execute format('alter table %I enable row level security', target);
    execute format('alter table %I force row level security', target);
    execute format('create policy county_read on %I for select to linghang_county using (county_id = (select app.county()))', target);
    execute format('create policy county_insert on %I for insert to linghang_county with check (county_id = (select app.county()))', target);
    execute format('create policy scoped_read on %I for select to linghang_scoped using (org_id = any ((select app.visible_orgs())::uuid[]) or member_id = (select app.own_member()))', target);
  end loop;
end $$;
create policy county_update on dues_payment for update to linghang_county using (county_id = (select app.county())) with check (county_id = (select app.county()));
create trigger append_only before update or delete on dues_payment_share for each row execute function app.refuse_change();
create trigger never_emptied before truncate on dues_payment_share for each statement execute function app.refuse_change();
