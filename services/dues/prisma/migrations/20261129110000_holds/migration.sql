-- Money in two phases: reserved, and then spent up to what was reserved, given free, or free again once its day is past.
-- What is reserved is never changed; how it ended is a row of its own, one at most.
alter table ledger_balance add column held_fen bigint not null default 0;
alter table ledger_balance add constraint ledger_balance_held
  check (held_fen >= 0 and (held_fen = 0 or kind in ('VIRTUAL', 'EARMARKED') and balance_fen >= held_fen));

create table ledger_hold (
  id uuid primary key,
  county_id uuid not null,
  org_id uuid not null,
  account_id uuid not null,
  amount_fen bigint not null check (amount_fen > 0),
  -- The last day on which it reserves.
  lapses_on date not null,
  reason text not null,
  note text not null,
  held_on date not null,
  held_at timestamptz not null,
  held_by uuid,
  unique (id, county_id),
  foreign key (account_id, county_id) references ledger_account (id, county_id),
  check (lapses_on >= held_on)
);
create index ledger_hold_of_account on ledger_hold (account_id, lapses_on);
create index ledger_hold_of_county on ledger_hold (county_id, lapses_on);

create table ledger_hold_end (
  hold_id uuid primary key,
  county_id uuid not null,
  org_id uuid not null,
  how text not null check (how in ('SETTLED', 'RELEASED', 'LAPSED')),
  settled_fen bigint not null,
  journal_id uuid unique,
  ended_at timestamptz not null,
  ended_by uuid,
  foreign key (hold_id, county_id) references ledger_hold (id, county_id),
  foreign key (journal_id, county_id) references ledger_journal (id, county_id),
  check ((how = 'SETTLED') = (journal_id is not null) and (how = 'SETTLED') = (settled_fen > 0) and settled_fen >= 0)
);

grant select, insert on ledger_hold, ledger_hold_end to linghang_county;
grant select on ledger_hold, ledger_hold_end to linghang_scoped, linghang_service;

do $$
declare
  target text;
begin
  foreach target in array array['ledger_hold', 'ledger_hold_end'] loop
    execute format('alter table %I enable row level security', target);
    execute format('alter table %I force row level security', target);
    execute format('create policy county_read on %I for select to linghang_county using (county_id = (select app.county()))', target);
    execute format('create policy county_insert on %I for insert to linghang_county with check (county_id = (select app.county()))', target);
    execute format('create policy service_verifies on %I for select to linghang_service using (true)', target);
    execute format('create policy scoped_read on %I for select to linghang_scoped using (org_id = any ((select app.visible_orgs())::uuid[]))', target);
    execute format('create trigger append_only before update or delete on %I for each row execute function app.refuse_change()', target);
    execute format('create trigger never_emptied before truncate on %I for each statement execute function app.refuse_change()', target);
  end loop;
end $$;
