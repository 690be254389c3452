-- What the provider of payments took for a committee on a day, by its own bill, and that the bank has it.
create table dues_settlement (
  id uuid primary key,
  county_id uuid not null,
  org_id uuid not null,
  keeper_id uuid not null,
  day date not null,
  trades integer not null,
  paid_fen bigint not null,
  refunded_fen bigint not null,
  -- What the provider keeps, in thousandths of a fen; dues carry none.
  fee_milli_fen bigint not null,
  reconciled_at timestamptz not null,
  -- When the bank has it, and the journal that says so.
  banked_on date,
  journal_id uuid unique,
  unique (keeper_id, day),
  foreign key (keeper_id, county_id) references ledger_account (id, county_id),
  foreign key (journal_id, county_id) references ledger_journal (id, county_id),
  check ((banked_on is null) = (journal_id is null))
);
create index dues_settlement_of_keeper on dues_settlement (keeper_id, id);
create index dues_mismatch_of_keeper on dues_mismatch (keeper_id, id);
grant select, insert, update on dues_settlement to linghang_county;
grant select on dues_settlement to linghang_scoped;
call app.protect('dues_settlement');
create policy scoped_read on dues_settlement for select to linghang_scoped
  using (org_id = any ((select app.visible_orgs())::uuid[]));
-- For which committees something was paid on a day: the service itself reconciles all of them every morning.
grant select (keeper_id, paid_at) on dues_order to linghang_service;
