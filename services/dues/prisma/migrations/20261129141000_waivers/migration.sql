-- Fewer dues or none in hardship (党费减免; 党费规定 2008, art. 7): studied by the branch, approved by the committee above.
create extension if not exists btree_gist;
create table dues_waiver (
  id uuid primary key,
  county_id uuid not null,
  -- Where the member is now: it follows who moves.
  org_id uuid not null,
  member_id uuid not null,
  from_month date not null check (extract(day from from_month) = 1),
  -- The last month, and the one that was asked for: it may end earlier.
  to_month date not null check (extract(day from to_month) = 1),
  asked_to_month date not null,
  -- How much of a month's dues; null: all of them.
  part_fen bigint check (part_fen > 0),
  -- Why somebody is in hardship is the member's, the branch's and the committee's: sealed.
  hardship_sealed bytea not null,
  studied_on date not null,
  study_number text not null,
  state text not null check (state in ('REQUESTED', 'APPROVED', 'REFUSED')),
  requested_on date not null,
  requested_by uuid,
  decided_on date,
  decided_by uuid,
  committee_id uuid,
  ended_on date,
  version bigint not null,
  check (to_month >= from_month and to_month <= asked_to_month),
  check ((state = 'REQUESTED') = (decided_on is null and committee_id is null)),
  -- No month is waived twice, whoever asks at once.
  constraint dues_waiver_once exclude using gist (member_id with =, daterange(from_month, to_month, '[]') with &&)
    where (state in ('REQUESTED', 'APPROVED'))
);
create index dues_waiver_of_organisation on dues_waiver (org_id, id);
create index dues_waiver_of_member on dues_waiver (member_id, id);
grant select, insert, update on dues_waiver to linghang_county;
grant select on dues_waiver to linghang_scoped;
alter table dues_waiver enable row level security;
alter table dues_waiver force row level security;
create policy county_read on dues_waiver for select to linghang_county using (county_id = (select app.county()));
create policy county_insert on dues_waiver for insert to linghang_county with check (county_id = (select app.county()));
create policy county_update on dues_waiver for update to linghang_county
  using (county_id = (select app.county())) with check (county_id = (select app.county()));
create policy scoped_read on dues_waiver for select to linghang_scoped
  using (org_id = any ((select app.visible_orgs())::uuid[]) or member_id = (select app.own_member()));
create trigger never_deleted before delete on dues_waiver for each row execute function app.refuse_change();
create trigger never_emptied before truncate on dues_waiver for each statement execute function app.refuse_change();

create or replace function app.lines_follow_record() returns trigger language plpgsql as $$
begin
  update dues_fixing_line set org_id = new.org_id where member_id = new.member_id and org_id <> new.org_id;
  update dues_waiver set org_id = new.org_id where member_id = new.member_id and org_id <> new.org_id;
  return null;
end $$;
