-- What was paid online and is given back, through the provider alone: to whoever paid it, and by the way it came.
alter table dues_order drop constraint dues_order_state_check;
alter table dues_order add constraint dues_order_state_check
  check (state in ('OPENING', 'PENDING', 'SETTLED', 'CLOSED', 'DISPUTED', 'REFUNDED'));

create table dues_refund (
  id uuid primary key,
  county_id uuid not null,
  org_id uuid not null,
  order_id uuid not null,
  merchant_id text not null,
  amount_fen bigint not null check (amount_fen > 0),
  reason text not null,
  -- OPENED here and perhaps at the provider; PROCESSING there; SUCCESS when the payer has it; FAILED when they cannot get it.
  state text not null check (state in ('OPENED', 'PROCESSING', 'SUCCESS', 'FAILED')),
  opened_at timestamptz not null,
  opened_by uuid,
  ended_at timestamptz,
  ask_at timestamptz,
  foreign key (order_id, county_id) references dues_order (id, county_id),
  check ((ask_at is null) = (ended_at is not null) and (ask_at is not null) = (state in ('OPENED', 'PROCESSING')))
);
-- An order is given back once.
create unique index dues_refund_of_order on dues_refund (order_id) where state <> 'FAILED';
create index dues_refund_to_ask on dues_refund (merchant_id, ask_at) where ask_at is not null;

grant select, insert, update on dues_refund to linghang_county;
grant select on dues_refund to linghang_scoped;
grant select (id, county_id, merchant_id, ask_at) on dues_refund to linghang_service;
alter table dues_refund enable row level security;
alter table dues_refund force row level security;
create policy county_read on dues_refund for select to linghang_county using (county_id = (select app.county()));
create policy county_insert on dues_refund for insert to linghang_county with check (county_id = (select app.county()));
create policy county_update on dues_refund for update to linghang_county
  using (county_id = (select app.county())) with check (county_id = (select app.county()));
create policy scoped_read on dues_refund for select to linghang_scoped
  using (exists (select from dues_order o where o.id = dues_refund.order_id));
create policy service_asks on dues_refund for select to linghang_service using (true);
