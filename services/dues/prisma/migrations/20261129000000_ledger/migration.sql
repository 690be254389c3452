-- A ledger in double entry that knows nothing of the party: accounts, journals whose entries sum to zero, and balances that
-- move with them. Two questions are kept apart, and each sums to zero by itself: whose the money is (virtual and earmarked
-- accounts, and outside, from where it comes and what it goes to) and where it lies (the bank, on its way, elsewhere).
create table ledger_account (
  id uuid primary key,
  county_id uuid not null,
  org_id uuid not null,
  kind text not null check (kind in ('REAL', 'VIRTUAL', 'EARMARKED', 'OUTSIDE', 'TRANSIT', 'ELSEWHERE')),
  -- The real account under which it stands; a real one stands under itself.
  keeper_id uuid not null,
  -- From where or what for, of what is outside; how, of what is on its way.
  code text,
  bank text,
  bank_digits text,
  bank_number_sealed bytea,
  opened_on date not null,
  -- Of a virtual one: that its real one is the nearest above. Whoever has moved has another besides, until it is empty.
  nearest boolean not null default false,
  unique (id, county_id),
  foreign key (keeper_id, county_id) references ledger_account (id, county_id),
  foreign key (org_id, county_id) references org_node (id, county_id),
  check ((kind = 'REAL') = (id = keeper_id)),
  check (kind = 'VIRTUAL' or not nearest),
  check ((kind = 'REAL') = (bank is not null and bank_digits is not null and bank_number_sealed is not null)),
  check ((kind in ('OUTSIDE', 'TRANSIT')) = (code is not null))
);
create unique index ledger_account_real on ledger_account (org_id) where kind = 'REAL';
create unique index ledger_account_virtual on ledger_account (keeper_id, org_id) where kind = 'VIRTUAL';
create unique index ledger_account_nearest on ledger_account (org_id) where nearest;
create unique index ledger_account_coded on ledger_account (keeper_id, kind, code) nulls not distinct
  where kind in ('OUTSIDE', 'TRANSIT', 'ELSEWHERE');
create index ledger_account_of_organisation on ledger_account (org_id, kind);

create table ledger_balance (
  account_id uuid primary key,
  county_id uuid not null,
  org_id uuid not null,
  kind text not null,
  balance_fen bigint not null default 0,
  -- How many entries have moved it; the next one has the next number.
  moves bigint not null default 0,
  unique (account_id, county_id),
  foreign key (account_id, county_id) references ledger_account (id, county_id),
  -- What an organisation has, and what lies somewhere, is never less than nothing.
  constraint ledger_balance_not_overdrawn check (kind in ('OUTSIDE', 'ELSEWHERE') or balance_fen >= 0)
);

create table ledger_journal (
  id uuid primary key,
  county_id uuid not null,
  keeper_id uuid not null,
  reason text not null,
  note text not null,
  counts_on date not null,
  posted_at timestamptz not null,
  posted_by uuid,
  -- What it takes back; once.
  reverses uuid unique,
  unique (id, county_id),
  foreign key (keeper_id, county_id) references ledger_account (id, county_id),
  foreign key (reverses) references ledger_journal (id)
);
create index ledger_journal_of_keeper on ledger_journal (keeper_id, counts_on);

create table ledger_entry (
  journal_id uuid not null,
  account_id uuid not null,
  county_id uuid not null,
  org_id uuid not null,
  amount_fen bigint not null check (amount_fen <> 0),
  -- The account's balance after it, and which of the account's entries it is.
  balance_fen bigint not null,
  n bigint not null,
  primary key (journal_id, account_id),
  unique (account_id, n),
  foreign key (journal_id, county_id) references ledger_journal (id, county_id),
  foreign key (account_id, county_id) references ledger_account (id, county_id)
);

-- Up to and with which month a keeper's books are closed.
create table ledger_closing (
  keeper_id uuid not null,
  county_id uuid not null,
  org_id uuid not null,
  month date not null check (extract(day from month) = 1),
  closed_at timestamptz not null,
  closed_by uuid,
  primary key (keeper_id, month),
  foreign key (keeper_id, county_id) references ledger_account (id, county_id)
);

grant select, insert, update on ledger_account, ledger_balance to linghang_county;
grant select, insert on ledger_journal, ledger_entry, ledger_closing to linghang_county;
grant select on ledger_account, ledger_balance, ledger_journal, ledger_entry, ledger_closing to linghang_scoped, linghang_service;

do $$
declare
  target text;
begin
  foreach target in array array['ledger_account', 'ledger_balance', 'ledger_journal', 'ledger_entry', 'ledger_closing'] loop
    execute format('alter table %I enable row level security', target);
    execute format('alter table %I force row level security', target);
    execute format('create policy county_read on %I for select to linghang_county using (county_id = (select app.county()))', target);
    execute format('create policy county_insert on %I for insert to linghang_county with check (county_id = (select app.county()))', target);
    execute format('create policy service_verifies on %I for select to linghang_service using (true)', target);
  end loop;
  foreach target in array array['ledger_account', 'ledger_balance'] loop
    execute format('create policy county_update on %I for update to linghang_county using (county_id = (select app.county())) with check (county_id = (select app.county()))', target);
  end loop;
  foreach target in array array['ledger_account', 'ledger_balance', 'ledger_entry', 'ledger_closing'] loop
    execute format('create policy scoped_read on %I for select to linghang_scoped using (org_id = any ((select app.visible_orgs())::uuid[]))', target);
  end loop;
  -- No privilege to change them, and a trigger for whoever has every privilege.
  foreach target in array array['ledger_journal', 'ledger_entry', 'ledger_closing'] loop
    execute format('create trigger append_only before update or delete on %I for each row execute function app.refuse_change()', target);
    execute format('create trigger never_emptied before truncate on %I for each statement execute function app.refuse_change()', target);
  end loop;
end $$;
-- A journal is theirs who see one of its entries.
create policy scoped_read on ledger_journal for select to linghang_scoped
  using (exists (select from ledger_entry e where e.journal_id = ledger_journal.id));

-- Looked at once more when the transaction ends, whoever has written: no journal without two entries, each side sums to
-- zero, and what organisations have is what lies at the bank and on its way.
create function app.check_journal() returns trigger language plpgsql as $$
declare
  journal uuid;
  found record;
begin
  if tg_table_name = 'ledger_journal' then journal := new.id; else journal := new.journal_id; end if;
  select count(*) as entries,
    coalesce(sum(e.amount_fen) filter (where a.kind in ('VIRTUAL', 'EARMARKED', 'OUTSIDE')), 0) as whose,
    coalesce(sum(e.amount_fen) filter (where a.kind in ('REAL', 'TRANSIT', 'ELSEWHERE')), 0) as place,
    coalesce(sum(e.amount_fen) filter (where a.kind in ('VIRTUAL', 'EARMARKED')), 0) as had,
    coalesce(sum(e.amount_fen) filter (where a.kind in ('REAL', 'TRANSIT')), 0) as lies,
    bool_and(a.keeper_id = j.keeper_id) as together
  into found
  from ledger_entry e join ledger_account a on a.id = e.account_id join ledger_journal j on j.id = e.journal_id
  where e.journal_id = journal;
  if found.entries < 2 or found.whose <> 0 or found.place <> 0 or found.had <> found.lies or not found.together then
    raise exception 'journal % does not balance: % entries, whose %, where %, had %, lies %, one keeper %',
      journal, found.entries, found.whose, found.place, found.had, found.lies, found.together
      using errcode = 'integrity_constraint_violation';
  end if;
  return null;
end $$;
create constraint trigger ledger_journal_balances after insert on ledger_journal
  deferrable initially deferred for each row execute function app.check_journal();
create constraint trigger ledger_entry_balances after insert on ledger_entry
  deferrable initially deferred for each row execute function app.check_journal();
