-- What was booked by mistake is taken back where it was booked: the journal is turned round, the vouchers are free, and the
-- request may be handed in again. What the payee gives back (退回) comes in by a journal of its own.
alter table dues_spending add column reversal_id uuid unique;
alter table dues_spending add constraint dues_spending_reversal foreign key (reversal_id, county_id) references ledger_journal (id, county_id);
alter table dues_spending drop constraint dues_spending_state_check;
alter table dues_spending add constraint dues_spending_state_check
  check (state in ('DRAFT', 'SUBMITTED', 'APPROVED', 'SETTLED', 'REVERSED', 'RETURNED', 'CANCELLED'));
alter table dues_spending drop constraint dues_spending_check3;
alter table dues_spending add constraint dues_spending_booked check (
  (state in ('SETTLED', 'REVERSED')) = (journal_id is not null) and (state in ('SETTLED', 'REVERSED')) = (settled_fen is not null)
  and (state = 'REVERSED') = (reversal_id is not null));

alter table dues_spending_step drop constraint dues_spending_step_kind_check;
alter table dues_spending_step add constraint dues_spending_step_kind_check
  check (kind in ('REQUESTED', 'SUBMITTED', 'APPROVED', 'RETURNED', 'CANCELLED', 'SETTLED', 'BASIS_LOST', 'BASIS_RESTORED', 'REVERSED', 'REFUNDED'));

-- Which journals booked what of a request, those too that were taken back: what was spent, and what the payee gave back.
create table dues_spending_booking (
  journal_id uuid primary key,
  county_id uuid not null,
  org_id uuid not null,
  spending_id uuid not null,
  kind text not null check (kind in ('SETTLED', 'REFUNDED')),
  amount_fen bigint not null check (amount_fen > 0),
  foreign key (journal_id, county_id) references ledger_journal (id, county_id),
  foreign key (spending_id, county_id) references dues_spending (id, county_id)
);
create index dues_spending_booking_of_spending on dues_spending_booking (spending_id);
insert into dues_spending_booking (journal_id, county_id, org_id, spending_id, kind, amount_fen)
  select journal_id, county_id, org_id, id, 'SETTLED', settled_fen from dues_spending where journal_id is not null;
grant select, insert on dues_spending_booking to linghang_county;
grant select on dues_spending_booking to linghang_scoped;
alter table dues_spending_booking enable row level security;
alter table dues_spending_booking force row level security;
create policy county_read on dues_spending_booking for select to linghang_county using (county_id = (select app.county()));
create policy county_insert on dues_spending_booking for insert to linghang_county with check (county_id = (select app.county()));
create policy scoped_read on dues_spending_booking for select to linghang_scoped
  using (org_id = any ((select app.visible_orgs())::uuid[]));
create trigger append_only before update or delete on dues_spending_booking for each row execute function app.refuse_change();
create trigger never_emptied before truncate on dues_spending_booking for each statement execute function app.refuse_change();

-- What was voted on and held stays what it was; of what was spent only the basis may change, until it is taken back.
create or replace function app.keep_spending() returns trigger language plpgsql as $$
begin
  if (new.id, new.county_id, new.org_id, new.use, new.amount_fen, new.payee, new.purpose, new.requested_by, new.receiver_org_id, new.fund_id)
    is distinct from
    (old.id, old.county_id, old.org_id, old.use, old.amount_fen, old.payee, old.purpose, old.requested_by, old.receiver_org_id, old.fund_id)
    or old.state = 'CANCELLED'
    or old.state = 'SETTLED' and (new.state not in ('SETTLED', 'REVERSED') or (new.hold_id, new.settled_fen, new.journal_id)
      is distinct from (old.hold_id, old.settled_fen, old.journal_id)) then
    raise exception 'a request to spend dues is not rewritten' using errcode = 'integrity_constraint_violation';
  end if;
  return new;
end $$;
