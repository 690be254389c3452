-- Lines of the statements that a bank gives for a committee's dues account: what each may be is proposed, a person says what it is.
create table dues_bank_line (
  id uuid primary key,
  county_id uuid not null,
  -- The committee in whose account it is.
  org_id uuid not null,
  keeper_id uuid not null,
  -- Of everything that the line says, and which of those that say the same in one file: read again it is the same line.
  fingerprint bytea not null check (length(fingerprint) = 32),
  booked_on date not null,
  -- Above 0 what came, below it what went.
  amount_fen bigint not null check (amount_fen <> 0),
  balance_fen bigint,
  -- Who is on the other side, and what they wrote: people, so sealed.
  other_sealed bytea not null,
  other_digits text,
  words_sealed bytea not null,
  proposed_as text check (proposed_as in ('SETTLEMENT', 'PAYMENT', 'CASH_DEPOSIT', 'INTEREST')),
  proposed_id uuid,
  state text not null check (state in ('OPEN', 'CONFIRMED', 'REJECTED')),
  read_at timestamptz not null,
  ended_at timestamptz,
  ended_by uuid,
  ended_as text,
  why_rejected text,
  foreign key (keeper_id, county_id) references ledger_account (id, county_id),
  unique (keeper_id, fingerprint),
  check ((state = 'OPEN') = (ended_at is null)),
  check ((state = 'CONFIRMED') = (ended_as is not null) and (state = 'REJECTED') = (why_rejected is not null))
);
create index dues_bank_line_of_keeper on dues_bank_line (keeper_id, booked_on, id);
grant select, insert, update on dues_bank_line to linghang_county;
grant select on dues_bank_line to linghang_scoped;
call app.protect('dues_bank_line');
create policy scoped_read on dues_bank_line for select to linghang_scoped
  using (org_id = any ((select app.visible_orgs())::uuid[]));
