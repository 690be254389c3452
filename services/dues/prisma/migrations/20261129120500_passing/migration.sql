-- Dues that a superior passes down are decided on as those that it spends (党费规定 2008, art. 20): they have a receiver.
alter table dues_spending add column receiver_org_id uuid;
alter table dues_spending add constraint dues_spending_receiver check ((use = 'PASS_DOWN') = (receiver_org_id is not null));

-- What was passed up of which year's dues (art. 15): the journal that did it stands in the books.
create table dues_passed_up (
  journal_id uuid primary key,
  county_id uuid not null,
  org_id uuid not null,
  year int not null check (year between 2000 and 2999),
  amount_fen bigint not null check (amount_fen > 0),
  foreign key (journal_id, county_id) references ledger_journal (id, county_id)
);
create index dues_passed_up_of_organisation on dues_passed_up (org_id, year);
grant select, insert on dues_passed_up to linghang_county;
grant select on dues_passed_up to linghang_scoped;
alter table dues_passed_up enable row level security;
alter table dues_passed_up force row level security;
create policy county_read on dues_passed_up for select to linghang_county using (county_id = (select app.county()));
create policy county_insert on dues_passed_up for insert to linghang_county with check (county_id = (select app.county()));
create policy scoped_read on dues_passed_up for select to linghang_scoped
  using (org_id = any ((select app.visible_orgs())::uuid[]));
create trigger append_only before update or delete on dues_passed_up for each row execute function app.refuse_change();
create trigger never_emptied before truncate on dues_passed_up for each statement execute function app.refuse_change();

-- Whom it is for is part of what was voted on.
create or replace function app.keep_spending() returns trigger language plpgsql as $$
begin
  if (new.id, new.county_id, new.org_id, new.use, new.amount_fen, new.payee, new.purpose, new.requested_by, new.receiver_org_id)
    is distinct from (old.id, old.county_id, old.org_id, old.use, old.amount_fen, old.payee, old.purpose, old.requested_by, old.receiver_org_id)
    or old.state in ('SETTLED', 'CANCELLED') then
    raise exception 'a request to spend dues is not rewritten' using errcode = 'integrity_constraint_violation';
  end if;
  return new;
end $$;
