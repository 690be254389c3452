create extension if not exists btree_gist;

-- That a county turns a board on (榜单), for whom and until when: never changed but by ending it (R2, R3). Of a kind one holds at a
-- time; it lapses behind its last day, since whoever reads asks for the day.
create table board_decision (
  id uuid primary key,
  county_id uuid not null,
  kind text not null check (kind in ('MEMBERS', 'RED_BLACK', 'YEAR_ORDER')),
  organ text not null check (char_length(organ) between 1 and 100),
  title text not null check (char_length(title) between 1 and 100),
  number text not null check (char_length(number) between 1 and 50),
  decided_on date not null,
  basis text not null check (char_length(basis) between 1 and 500),
  audience text not null check (audience in ('OFFICES', 'OWN_BRANCH', 'OWN_COMMITTEE', 'COUNTY')),
  from_day date not null,
  until_day date not null check (until_day between from_day and from_day + 366),
  red_size int check (red_size between 1 and 500),
  black_size int check (black_size between 1 and 500),
  set_by uuid,
  set_at timestamptz not null,
  ended_on date,
  end_reason text check (char_length(end_reason) between 1 and 200),
  ended_by uuid,
  ended_at timestamptz,
  check ((kind = 'RED_BLACK') = (red_size is not null and black_size is not null)),
  check (kind <> 'YEAR_ORDER' or audience in ('OFFICES', 'OWN_COMMITTEE')),
  check ((ended_on is null) = (end_reason is null)),
  constraint board_decision_once exclude using gist (county_id with =, kind with =,
    daterange(from_day, greatest(from_day, least(until_day + 1, ended_on))) with &&)
);
create index board_decision_of on board_decision (county_id, kind, from_day);
grant select, insert on board_decision to linghang_county;
grant update (ended_on, end_reason, ended_by, ended_at) on board_decision to linghang_county;
grant select on board_decision to linghang_scoped;
alter table board_decision enable row level security;
alter table board_decision force row level security;
-- Whoever may be on a board, or read one, reads by what decision.
create policy county_read on board_decision for select to linghang_county, linghang_scoped
  using (county_id = (select app.county()));
create policy county_insert on board_decision for insert to linghang_county with check (county_id = (select app.county()));
create policy county_update on board_decision for update to linghang_county
  using (county_id = (select app.county())) with check (county_id = (select app.county()));
