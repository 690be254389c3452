-- A meeting that is corrected may take back what it decided (党费规定 2008, art. 20): what was not spent goes back, and of
-- what was, it is said since when it stands on no decision.
alter table dues_spending add column basis_lost_on date;
alter table dues_spending add constraint dues_spending_basis check (basis_lost_on is null or state = 'SETTLED');
create index dues_spending_without_basis on dues_spending (org_id, id) where basis_lost_on is not null;

alter table dues_spending_step drop constraint dues_spending_step_kind_check;
alter table dues_spending_step add constraint dues_spending_step_kind_check
  check (kind in ('REQUESTED', 'SUBMITTED', 'APPROVED', 'RETURNED', 'CANCELLED', 'SETTLED', 'BASIS_LOST', 'BASIS_RESTORED'));

-- What was voted on and held stays what it was; of what was spent only the basis may change.
create or replace function app.keep_spending() returns trigger language plpgsql as $$
begin
  if (new.id, new.county_id, new.org_id, new.use, new.amount_fen, new.payee, new.purpose, new.requested_by, new.receiver_org_id, new.fund_id)
    is distinct from
    (old.id, old.county_id, old.org_id, old.use, old.amount_fen, old.payee, old.purpose, old.requested_by, old.receiver_org_id, old.fund_id)
    or old.state = 'CANCELLED'
    or old.state = 'SETTLED' and (new.state, new.hold_id, new.settled_fen, new.journal_id)
      is distinct from (old.state, old.hold_id, old.settled_fen, old.journal_id) then
    raise exception 'a request to spend dues is not rewritten' using errcode = 'integrity_constraint_violation';
  end if;
  return new;
end $$;
