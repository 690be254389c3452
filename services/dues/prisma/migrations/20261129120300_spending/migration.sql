-- From which sum on who decides on spending dues, as a county has it from a day on; never changed, only followed by another.
create table dues_spending_policy (
  county_id uuid not null,
  effective_from date not null,
  own_up_to_fen bigint not null check (own_up_to_fen >= 0),
  superior_up_to_fen bigint not null,
  basis text not null,
  set_by uuid,
  set_at timestamptz not null,
  primary key (county_id, effective_from),
  check (superior_up_to_fen >= own_up_to_fen)
);
grant select, insert on dues_spending_policy to linghang_county;
grant select on dues_spending_policy to linghang_scoped;
alter table dues_spending_policy enable row level security;
alter table dues_spending_policy force row level security;
create policy county_read on dues_spending_policy for select to linghang_county, linghang_scoped using (county_id = (select app.county()));
create policy county_insert on dues_spending_policy for insert to linghang_county with check (county_id = (select app.county()));
create trigger append_only before update or delete on dues_spending_policy for each row execute function app.refuse_change();

-- What closed meetings have decided on spending, as the org service tells; of a meeting that was corrected, as it stands now.
create table dues_spending_resolution (
  meeting_id uuid not null,
  id uuid not null,
  county_id uuid not null,
  org_id uuid not null,
  spending_id uuid not null,
  amount_fen bigint not null,
  carried boolean not null,
  held_on date not null,
  version bigint not null,
  primary key (meeting_id, id)
);
create index dues_spending_resolution_on on dues_spending_resolution (county_id, spending_id);
grant select, insert, update on dues_spending_resolution to linghang_county;
grant select on dues_spending_resolution to linghang_scoped;
alter table dues_spending_resolution enable row level security;
alter table dues_spending_resolution force row level security;
create policy county_read on dues_spending_resolution for select to linghang_county using (county_id = (select app.county()));
create policy county_insert on dues_spending_resolution for insert to linghang_county with check (county_id = (select app.county()));
create policy county_update on dues_spending_resolution for update to linghang_county
  using (county_id = (select app.county())) with check (county_id = (select app.county()));
create policy scoped_read on dues_spending_resolution for select to linghang_scoped
  using (org_id = any ((select app.visible_orgs())::uuid[]));

-- A request to spend dues: what for, how much, to whom, and how far it has come.
create table dues_spending (
  id uuid primary key,
  county_id uuid not null,
  org_id uuid not null,
  use text not null,
  amount_fen bigint not null check (amount_fen > 0),
  payee text not null,
  purpose text not null,
  state text not null check (state in ('DRAFT', 'SUBMITTED', 'APPROVED', 'SETTLED', 'RETURNED', 'CANCELLED')),
  requested_by uuid,
  requested_by_member uuid,
  requested_at timestamptz not null,
  -- A resolution is used for one request.
  resolution_id uuid unique,
  meeting_id uuid,
  -- Whose turn it is to decide, and how many levels are still to.
  decider_org_id uuid,
  levels_left int not null default 0 check (levels_left between 0 and 2),
  hold_id uuid unique,
  settled_fen bigint,
  journal_id uuid unique,
  reason text,
  changed_at timestamptz not null,
  version bigint not null default 1,
  unique (id, county_id),
  foreign key (org_id, county_id) references org_node (id, county_id),
  foreign key (hold_id, county_id) references ledger_hold (id, county_id),
  foreign key (journal_id, county_id) references ledger_journal (id, county_id),
  check (state in ('DRAFT', 'CANCELLED') or resolution_id is not null),
  check ((state = 'SUBMITTED') = (decider_org_id is not null) and (state = 'SUBMITTED') = (levels_left > 0)),
  check (state not in ('APPROVED', 'SETTLED') or hold_id is not null),
  check ((state = 'SETTLED') = (journal_id is not null) and (state = 'SETTLED') = (settled_fen is not null)),
  check (settled_fen between 1 and amount_fen)
);
create index dues_spending_of_organisation on dues_spending (org_id, id);
grant select, insert, update on dues_spending to linghang_county;
grant select on dues_spending to linghang_scoped;
alter table dues_spending enable row level security;
alter table dues_spending force row level security;
create policy county_read on dues_spending for select to linghang_county using (county_id = (select app.county()));
create policy county_insert on dues_spending for insert to linghang_county with check (county_id = (select app.county()));
create policy county_update on dues_spending for update to linghang_county
  using (county_id = (select app.county())) with check (county_id = (select app.county()));
create policy scoped_read on dues_spending for select to linghang_scoped
  using (org_id = any ((select app.visible_orgs())::uuid[]));

-- What was voted on and held stays what it was, and what is over stays so.
create function app.keep_spending() returns trigger language plpgsql as $$
begin
  if (new.id, new.county_id, new.org_id, new.use, new.amount_fen, new.payee, new.purpose, new.requested_by)
    is distinct from (old.id, old.county_id, old.org_id, old.use, old.amount_fen, old.payee, old.purpose, old.requested_by)
    or old.state in ('SETTLED', 'CANCELLED') then
    raise exception 'a request to spend dues is not rewritten' using errcode = 'integrity_constraint_violation';
  end if;
  return new;
end $$;
create trigger stays before update on dues_spending for each row execute function app.keep_spending();
create trigger never_deleted before delete on dues_spending for each row execute function app.refuse_change();
create trigger never_emptied before truncate on dues_spending for each statement execute function app.refuse_change();

-- Each step of a request: who took it, at which organisation, when and why.
create table dues_spending_step (
  spending_id uuid not null,
  n bigint not null,
  county_id uuid not null,
  org_id uuid not null,
  kind text not null check (kind in ('REQUESTED', 'SUBMITTED', 'APPROVED', 'RETURNED', 'CANCELLED', 'SETTLED')),
  at_org_id uuid not null,
  taken_by uuid,
  taken_at timestamptz not null,
  reason text,
  primary key (spending_id, n),
  foreign key (spending_id, county_id) references dues_spending (id, county_id)
);
grant select, insert on dues_spending_step to linghang_county;
grant select on dues_spending_step to linghang_scoped;
alter table dues_spending_step enable row level security;
alter table dues_spending_step force row level security;
create policy county_read on dues_spending_step for select to linghang_county using (county_id = (select app.county()));
create policy county_insert on dues_spending_step for insert to linghang_county with check (county_id = (select app.county()));
create policy scoped_read on dues_spending_step for select to linghang_scoped
  using (org_id = any ((select app.visible_orgs())::uuid[]));
create trigger append_only before update or delete on dues_spending_step for each row execute function app.refuse_change();
create trigger never_emptied before truncate on dues_spending_step for each statement execute function app.refuse_change();
