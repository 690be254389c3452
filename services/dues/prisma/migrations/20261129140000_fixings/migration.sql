-- The yearly fixing of dues (年初核定; 组电明字〔2017〕5 号 一（1）): that it was begun for a subtree, and a line for each who owes.
create table dues_fixing (
  id uuid primary key,
  county_id uuid not null,
  org_id uuid not null,
  year int not null check (year between 2017 and 2999),
  begun_at timestamptz not null,
  begun_by uuid,
  unique (id, county_id),
  unique (org_id, year),
  foreign key (org_id, county_id) references org_node (id, county_id)
);

create table dues_fixing_line (
  id uuid primary key,
  county_id uuid not null,
  -- Where the member is now: it follows who moves, what was fixed stays.
  org_id uuid not null,
  member_id uuid not null,
  fixing_id uuid not null,
  year int not null,
  -- YEAR, or why it was fixed anew in the course of it.
  ground text not null,
  changed_on date,
  from_month date not null check (extract(day from from_month) = 1 and extract(year from from_month) = year),
  category text,
  income_fen bigint check (income_fen between 0 and 100000000000),
  base_fen bigint,
  due_fen bigint,
  pay_kind text,
  -- The parts of the pay are nobody's but the member's, the branch's and the committee's: sealed.
  pay_slip_sealed bytea,
  last_category text,
  last_base_fen bigint,
  last_due_fen bigint,
  why text not null,
  state text not null check (state in ('PROPOSED', 'CLAIMED', 'CORRECTED', 'CONFIRMED', 'CHECKED')),
  confirmed_how text check (confirmed_how in ('BY_MEMBER', 'ON_PAPER')),
  confirmed_on date,
  confirmed_by uuid,
  checked_on date,
  checked_by uuid,
  version bigint not null,
  -- Nobody has two bases in a month, whoever begins and changes at once.
  constraint dues_fixing_line_month unique (member_id, from_month),
  foreign key (fixing_id, county_id) references dues_fixing (id, county_id),
  check ((ground = 'YEAR') = (changed_on is null)),
  check ((pay_kind is null) = (pay_slip_sealed is null)),
  check ((state in ('CONFIRMED', 'CHECKED')) = (confirmed_how is not null and confirmed_on is not null)),
  check (state not in ('CONFIRMED', 'CHECKED') or (category is not null and due_fen is not null)),
  check ((state = 'CHECKED') = (checked_on is not null))
);
-- Nobody is proposed twice for a year, though their months differ and runs meet.
create unique index dues_fixing_line_yearly on dues_fixing_line (member_id, year) where ground = 'YEAR';
create index dues_fixing_line_of_organisation on dues_fixing_line (org_id, year, id);

grant select, insert on dues_fixing to linghang_county;
grant select on dues_fixing to linghang_scoped;
grant select, insert, update on dues_fixing_line to linghang_county;
grant select on dues_fixing_line to linghang_scoped;

alter table dues_fixing enable row level security;
alter table dues_fixing force row level security;
-- That a committee has begun is no secret from those for whom it has; nothing else stands there.
create policy county_read on dues_fixing for select to linghang_county, linghang_scoped using (county_id = (select app.county()));
create policy county_insert on dues_fixing for insert to linghang_county with check (county_id = (select app.county()));
create trigger append_only before update or delete on dues_fixing for each row execute function app.refuse_change();

alter table dues_fixing_line enable row level security;
alter table dues_fixing_line force row level security;
create policy county_read on dues_fixing_line for select to linghang_county using (county_id = (select app.county()));
create policy county_insert on dues_fixing_line for insert to linghang_county with check (county_id = (select app.county()));
create policy county_update on dues_fixing_line for update to linghang_county
  using (county_id = (select app.county())) with check (county_id = (select app.county()));
create policy scoped_read on dues_fixing_line for select to linghang_scoped
  using (org_id = any ((select app.visible_orgs())::uuid[]) or member_id = (select app.own_member()));

-- What was checked stands for the year, for whoever has every privilege too; where the member is may follow them.
create function app.keep_checked_base() returns trigger language plpgsql as $$
begin
  if to_jsonb(new) - 'org_id' <> to_jsonb(old) - 'org_id' then
    raise exception 'what was fixed and checked stands' using errcode = 'integrity_constraint_violation';
  end if;
  return new;
end $$;
create trigger checked_stands before update on dues_fixing_line
  for each row when (old.state = 'CHECKED') execute function app.keep_checked_base();
create trigger never_deleted before delete on dues_fixing_line for each row execute function app.refuse_change();
create trigger never_emptied before truncate on dues_fixing_line for each statement execute function app.refuse_change();
