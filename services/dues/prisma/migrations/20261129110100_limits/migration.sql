-- How much may be spent of an account in a month, a quarter, a year: from a day on, until another one follows. None: without
-- an amount, as it is before the first.
create table ledger_limit (
  id uuid primary key,
  county_id uuid not null,
  org_id uuid not null,
  account_id uuid not null,
  period text not null check (period in ('MONTH', 'QUARTER', 'YEAR')),
  limit_fen bigint check (limit_fen >= 0),
  effective_from date not null,
  basis text not null,
  set_at timestamptz not null,
  set_by uuid,
  foreign key (account_id, county_id) references ledger_account (id, county_id)
);
create index ledger_limit_of_account on ledger_limit (account_id, period, effective_from, set_at);

grant select, insert on ledger_limit to linghang_county;
grant select on ledger_limit to linghang_scoped, linghang_service;
alter table ledger_limit enable row level security;
alter table ledger_limit force row level security;
create policy county_read on ledger_limit for select to linghang_county using (county_id = (select app.county()));
create policy county_insert on ledger_limit for insert to linghang_county with check (county_id = (select app.county()));
create policy service_verifies on ledger_limit for select to linghang_service using (true);
create policy scoped_read on ledger_limit for select to linghang_scoped using (org_id = any ((select app.visible_orgs())::uuid[]));
create trigger append_only before update or delete on ledger_limit for each row execute function app.refuse_change();
create trigger never_emptied before truncate on ledger_limit for each statement execute function app.refuse_change();

-- To where money goes that is spent, beside each account that is there.
insert into ledger_account (id, county_id, org_id, kind, keeper_id, code, opened_on)
  select uuidv7(), county_id, org_id, 'OUTSIDE', id, 'SPENT', opened_on from ledger_account where kind = 'REAL';
insert into ledger_balance (account_id, county_id, org_id, kind)
  select id, county_id, org_id, kind from ledger_account where kind = 'OUTSIDE' and code = 'SPENT';
