-- Dues that a member pays online: what was opened at the provider, what the provider says of it, and what does not agree.
create table dues_order (
  id uuid primary key,
  county_id uuid not null,
  -- Where the member was when it was opened: whose part of the account the money is.
  org_id uuid not null,
  member_id uuid not null,
  keeper_id uuid not null,
  account_id uuid not null,
  amount_fen bigint not null check (amount_fen between 1 and 10000000),
  state text not null check (state in ('OPENING', 'PENDING', 'SETTLED', 'CLOSED', 'DISPUTED')),
  code_url text,
  opened_at timestamptz not null,
  opened_by uuid,
  expires_at timestamptz not null,
  -- When the provider is asked next, since a callback may never come; null once it is certain.
  ask_at timestamptz,
  asked integer not null default 0,
  trade_no text,
  paid_at timestamptz,
  unique (id, county_id),
  foreign key (keeper_id, county_id) references ledger_account (id, county_id),
  foreign key (account_id, county_id) references ledger_account (id, county_id),
  check ((state = 'SETTLED') <= (trade_no is not null and paid_at is not null)),
  check ((ask_at is not null) = (state in ('OPENING', 'PENDING')))
);
-- One at a time: two open ones are paid twice by nothing but a second tap.
create unique index dues_order_open on dues_order (member_id) where state in ('OPENING', 'PENDING');
-- A payment settles one order, whatever is said of it.
create unique index dues_order_trade on dues_order (trade_no);
create index dues_order_of_member on dues_order (member_id, id);
create index dues_order_to_ask on dues_order (ask_at) where ask_at is not null;
create index dues_order_paid on dues_order (keeper_id, paid_at);

create table dues_order_event (
  order_id uuid not null,
  n integer not null,
  county_id uuid not null,
  state text not null,
  at timestamptz not null,
  primary key (order_id, n),
  foreign key (order_id, county_id) references dues_order (id, county_id)
);

-- What the provider, the bank and the books say differently of one thing; worked off by people.
create table dues_mismatch (
  id uuid primary key,
  county_id uuid not null,
  -- The committee in whose account it is.
  org_id uuid not null,
  keeper_id uuid not null,
  reason text not null,
  -- Of which number: ours of an order or a refund, or the provider's.
  about text not null,
  expected text,
  found text,
  found_at timestamptz not null,
  resolved_at timestamptz,
  resolved_by uuid,
  resolution text,
  foreign key (keeper_id, county_id) references ledger_account (id, county_id),
  check ((resolved_at is null) = (resolution is null))
);
-- The same thing found again is the same thing, worked off already too.
create unique index dues_mismatch_once on dues_mismatch (keeper_id, reason, about, expected, found) nulls not distinct;
create index dues_mismatch_to_resolve on dues_mismatch (keeper_id, id) where resolved_at is null;

grant select, insert, update on dues_order, dues_mismatch to linghang_county;
grant select, insert on dues_order_event to linghang_county;
grant select on dues_order, dues_order_event, dues_mismatch to linghang_scoped;
-- Which orders to ask after, and in which county one is, of which the provider tells: no more.
grant select (id, county_id, ask_at) on dues_order to linghang_service;

do $$
declare
  target text;
begin
  foreach target in array array['dues_order', 'dues_order_event', 'dues_mismatch'] loop
    execute format('alter table %I enable row level security', target);
    execute format('alter table %I force row level security', target);
    execute format('create policy county_read on %I for select to linghang_county using (county_id = (select app.county()))', target);
    execute format('create policy county_insert on %I for insert to linghang_county with check (county_id = (select app.county()))', target);
  end loop;
  foreach target in array array['dues_order', 'dues_mismatch'] loop
    execute format('create policy county_update on %I for update to linghang_county using (county_id = (select app.county())) with check (county_id = (select app.county()))', target);
  end loop;
end $$;
create policy scoped_read on dues_order for select to linghang_scoped
  using (org_id = any ((select app.visible_orgs())::uuid[]) or member_id = (select app.own_member()));
create policy scoped_read on dues_order_event for select to linghang_scoped
  using (exists (select from dues_order o where o.id = dues_order_event.order_id));
create policy scoped_read on dues_mismatch for select to linghang_scoped
  using (org_id = any ((select app.visible_orgs())::uuid[]));
create policy service_asks on dues_order for select to linghang_service using (true);
create trigger append_only before update or delete on dues_order_event for each row execute function app.refuse_change();
create trigger never_emptied before truncate on dues_order_event for each statement execute function app.refuse_change();
