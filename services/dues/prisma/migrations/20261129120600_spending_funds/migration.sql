-- What is earmarked stays so (党费规定 2008, art. 21): a request names the fund that it is paid from, for its purpose alone.
alter table dues_spending add column fund_id uuid;
alter table dues_spending add constraint dues_spending_fund foreign key (fund_id, county_id) references ledger_account (id, county_id);

create or replace function app.keep_spending() returns trigger language plpgsql as $$
begin
  if (new.id, new.county_id, new.org_id, new.use, new.amount_fen, new.payee, new.purpose, new.requested_by, new.receiver_org_id, new.fund_id)
    is distinct from
    (old.id, old.county_id, old.org_id, old.use, old.amount_fen, old.payee, old.purpose, old.requested_by, old.receiver_org_id, old.fund_id)
    or old.state in ('SETTLED', 'CANCELLED') then
    raise exception 'a request to spend dues is not rewritten' using errcode = 'integrity_constraint_violation';
  end if;
  return new;
end $$;
