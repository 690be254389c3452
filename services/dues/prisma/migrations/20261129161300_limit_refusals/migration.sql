-- That spending was refused because it went beyond a limit (S0-25). The refusal undoes its own transaction, so this is written in
-- the next, before anybody is told of it; the same request as it stands, refused by the same limit in the same period, is one.
create table dues_limit_refusal (
  id uuid primary key,
  county_id uuid not null,
  org_id uuid not null,
  spending_id uuid not null,
  -- The request as it was when it was refused.
  version bigint not null,
  period text not null check (period in ('MONTH', 'QUARTER', 'YEAR')),
  from_on date not null,
  until_on date not null,
  limit_fen bigint not null,
  used_fen bigint not null,
  held_fen bigint not null,
  wanted_fen bigint not null check (wanted_fen > 0),
  refused_at timestamptz not null,
  unique (spending_id, version, period, from_on),
  foreign key (spending_id, county_id) references dues_spending (id, county_id)
);
grant select, insert on dues_limit_refusal to linghang_county;
grant select on dues_limit_refusal to linghang_scoped;
alter table dues_limit_refusal enable row level security;
alter table dues_limit_refusal force row level security;
create policy county_read on dues_limit_refusal for select to linghang_county using (county_id = (select app.county()));
create policy county_insert on dues_limit_refusal for insert to linghang_county with check (county_id = (select app.county()));
create policy scoped_read on dues_limit_refusal for select to linghang_scoped using (org_id = any ((select app.visible_orgs())::uuid[]));
create trigger append_only before update or delete on dues_limit_refusal for each row execute function app.refuse_change();
create trigger never_emptied before truncate on dues_limit_refusal for each statement execute function app.refuse_change();
