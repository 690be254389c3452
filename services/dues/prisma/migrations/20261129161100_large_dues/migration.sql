-- Large dues (大额党费, 党费规定 2008, art. 11): 1000 yuan and more at once of a member's own will are the centre's in full. The
-- committee in whose account they come takes them for the centre: they lie in a fund of its own, and leave it upward alone.
alter table dues_payment add column kind text not null default 'DUES' check (kind in ('DUES', 'LARGE'));
alter table dues_payment add constraint dues_payment_large check (kind = 'DUES' or (amount_fen >= 100000 and rest is null));
alter table dues_payment drop constraint dues_payment_shared;
alter table dues_payment add constraint dues_payment_shared check (dues_fen >= 0 and advance_fen >= 0 and voluntary_fen >= 0
  and (state <> 'CONFIRMED' or dues_fen + advance_fen + voluntary_fen = case kind when 'LARGE' then 0 else amount_fen end));

-- One fund under an account and organisation for what goes to the centre.
create unique index ledger_fund_to_centre on ledger_fund (keeper_id, org_id) where purpose = 'TO_CENTRE';

-- Where a large due is: which committee has it, or passed it up last.
create table dues_large_due (
  payment_id uuid primary key,
  county_id uuid not null,
  -- Whose member gave it.
  org_id uuid not null,
  member_id uuid not null,
  amount_fen bigint not null check (amount_fen >= 100000),
  received_on date not null,
  state text not null check (state in ('RECEIVED', 'PASSED_UP', 'HANDED_OVER', 'TAKEN_BACK')),
  holder_org_id uuid not null,
  keeper_id uuid not null,
  fund_id uuid not null,
  -- The committee to which it is on its way; null where it is on none, and where it has left the county.
  next_org_id uuid,
  -- The number of the receipt that the Central Organisation Department gives the member, and its day.
  centre_receipt text,
  centre_receipt_on date,
  foreign key (payment_id, county_id) references dues_payment (id, county_id),
  foreign key (keeper_id, county_id) references ledger_account (id, county_id),
  foreign key (fund_id, county_id) references ledger_account (id, county_id),
  check (next_org_id is null or state = 'PASSED_UP'),
  check ((state = 'HANDED_OVER') = (centre_receipt is not null) and (centre_receipt is null) = (centre_receipt_on is null))
);
create index dues_large_due_of_organisation on dues_large_due (org_id, received_on);
create index dues_large_due_held on dues_large_due (holder_org_id, state);
create index dues_large_due_coming on dues_large_due (next_org_id) where next_org_id is not null;
-- The centre gives one receipt for one due.
create unique index dues_large_due_receipt on dues_large_due (county_id, centre_receipt);

-- What was done with it, one after the other; a step that was wrong is taken back by another one.
create table dues_large_step (
  payment_id uuid not null,
  n integer not null check (n > 0),
  county_id uuid not null,
  org_id uuid not null,
  member_id uuid not null,
  kind text not null check (kind in ('RECEIVED', 'PASSED_UP', 'HANDED_OVER', 'TAKEN_BACK')),
  -- The committee that took the step.
  at_org_id uuid not null,
  keeper_id uuid not null,
  fund_id uuid not null,
  -- Where it went with it; null where to nobody on the platform.
  next_org_id uuid,
  journal_id uuid,
  counts_on date not null,
  reason text,
  taken_at timestamptz not null,
  taken_by uuid,
  primary key (payment_id, n),
  foreign key (payment_id, county_id) references dues_payment (id, county_id),
  foreign key (journal_id, county_id) references ledger_journal (id, county_id),
  check ((kind = 'HANDED_OVER') <= (journal_id is null)),
  check ((kind = 'TAKEN_BACK') = (reason is not null))
);

grant select, insert, update on dues_large_due to linghang_county;
grant select, insert on dues_large_step to linghang_county;
grant select on dues_large_due, dues_large_step to linghang_scoped;
grant select on dues_large_due to linghang_service;
do $$
declare
  target text;
begin
  foreach target in array array['dues_large_due', 'dues_large_step'] loop
    execute format('alter table %I enable row level security', target);
    execute format('alter table %I force row level security', target);
    execute format('create policy county_read on %I for select to linghang_county using (county_id = (select app.county()))', target);
    execute format('create policy county_insert on %I for insert to linghang_county with check (county_id = (select app.county()))', target);
    execute format('create policy scoped_read on %I for select to linghang_scoped using (org_id = any ((select app.visible_orgs())::uuid[]) or member_id = (select app.own_member()))', target);
  end loop;
end $$;
create policy county_update on dues_large_due for update to linghang_county using (county_id = (select app.county())) with check (county_id = (select app.county()));
create policy service_verifies on dues_large_due for select to linghang_service using (true);
create trigger append_only before update or delete on dues_large_step for each row execute function app.refuse_change();
create trigger never_emptied before truncate on dues_large_step for each statement execute function app.refuse_change();
