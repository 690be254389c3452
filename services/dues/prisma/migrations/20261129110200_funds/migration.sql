-- Money that was given or set aside for one purpose (党费规定 2008, art. 21) has an account of its own, and leaves it for that
-- purpose, or by a journal that is turned round.
create table ledger_fund (
  account_id uuid primary key,
  county_id uuid not null,
  org_id uuid not null,
  keeper_id uuid not null,
  name text not null,
  purpose text not null,
  opened_at timestamptz not null,
  opened_by uuid,
  unique (keeper_id, org_id, name),
  foreign key (account_id, county_id) references ledger_account (id, county_id)
);
grant select, insert on ledger_fund to linghang_county;
grant select on ledger_fund to linghang_scoped, linghang_service;
alter table ledger_fund enable row level security;
alter table ledger_fund force row level security;
create policy county_read on ledger_fund for select to linghang_county using (county_id = (select app.county()));
create policy county_insert on ledger_fund for insert to linghang_county with check (county_id = (select app.county()));
create policy service_verifies on ledger_fund for select to linghang_service using (true);
create policy scoped_read on ledger_fund for select to linghang_scoped using (org_id = any ((select app.visible_orgs())::uuid[]));
create trigger append_only before update or delete on ledger_fund for each row execute function app.refuse_change();
create trigger never_emptied before truncate on ledger_fund for each statement execute function app.refuse_change();

-- What money is spent on, where it leaves an account that is for one purpose alone.
alter table ledger_journal add column purpose text;
