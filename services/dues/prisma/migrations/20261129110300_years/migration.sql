-- What moved each account in a year and why, as it stood when the year's last month was closed: told once, and derived again
-- by whoever verifies.
create table ledger_year_total (
  keeper_id uuid not null,
  county_id uuid not null,
  org_id uuid not null,
  year integer not null,
  account_id uuid not null,
  reason text not null,
  amount_fen bigint not null,
  entries bigint not null check (entries > 0),
  primary key (account_id, year, reason),
  foreign key (keeper_id, county_id) references ledger_account (id, county_id),
  foreign key (account_id, county_id) references ledger_account (id, county_id)
);
grant select, insert on ledger_year_total to linghang_county;
grant select on ledger_year_total to linghang_scoped, linghang_service;
alter table ledger_year_total enable row level security;
alter table ledger_year_total force row level security;
create policy county_read on ledger_year_total for select to linghang_county using (county_id = (select app.county()));
create policy county_insert on ledger_year_total for insert to linghang_county with check (county_id = (select app.county()));
create policy service_verifies on ledger_year_total for select to linghang_service using (true);
create policy scoped_read on ledger_year_total for select to linghang_scoped using (org_id = any ((select app.visible_orgs())::uuid[]));
create trigger append_only before update or delete on ledger_year_total for each row execute function app.refuse_change();
create trigger never_emptied before truncate on ledger_year_total for each statement execute function app.refuse_change();

-- The journal of a month that is closed, which this one puts right in an open one.
alter table ledger_journal add column corrects uuid references ledger_journal (id);
create index ledger_journal_corrects on ledger_journal (corrects);
