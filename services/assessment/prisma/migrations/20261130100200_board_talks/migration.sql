-- That the head of a branch is called in, since it stood on the black list three months running (约谈, S3-27): the county's record,
-- read by the branch and those above it. A talk comes after a look at the work, and without cause there is none.
create table board_talk (
  id uuid primary key,
  county_id uuid not null,
  -- The branch.
  org_id uuid not null,
  decision_id uuid not null,
  -- The last of the months.
  month date not null check (extract(day from month) = 1),
  called_by text not null check (char_length(called_by) between 1 and 100),
  opened_on date not null,
  opened_at timestamptz not null,
  opened_by uuid,
  due_on date not null check (due_on between opened_on and opened_on + 60),
  state text not null check (state in ('OPEN', 'HELD', 'DROPPED')),
  work_seen text check (char_length(work_seen) between 1 and 1000),
  held_on date check (held_on >= opened_on),
  held_by text check (char_length(held_by) between 1 and 50),
  note text check (char_length(note) between 1 and 1000),
  closed_on date,
  closed_at timestamptz,
  closed_by uuid,
  check ((state = 'OPEN') = (closed_on is null)),
  check ((state = 'OPEN') = (work_seen is null)),
  check ((state = 'HELD') = (held_on is not null and held_by is not null)),
  check ((state = 'OPEN') = (note is null))
);
create unique index board_talk_of_month on board_talk (county_id, org_id, month);
create unique index board_talk_open on board_talk (county_id, org_id) where state = 'OPEN';
create index board_talk_of on board_talk (county_id, org_id, id);
grant select, insert on board_talk to linghang_county;
grant update (state, work_seen, held_on, held_by, note, closed_on, closed_at, closed_by) on board_talk to linghang_county;
grant select on board_talk to linghang_scoped;
call app.protect('board_talk');
create policy scoped_read on board_talk for select to linghang_scoped using (org_id = any ((select app.visible_orgs())::uuid[]));
