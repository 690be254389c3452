-- Where a meeting is watched by those whose it is. Who watched, and for how long, is kept nowhere.
create table meeting_stream (
  meeting_id uuid primary key,
  county_id uuid not null,
  org_id uuid not null,
  live_url text check (live_url ^@ 'https://' and char_length(live_url) <= 500),
  replay_url text check (replay_url ^@ 'https://' and char_length(replay_url) <= 500),
  unique (meeting_id, county_id),
  foreign key (meeting_id, county_id) references meeting (id, county_id)
);

-- What is asked and said under it, and what the branch answers.
create table meeting_remark (
  id uuid primary key,
  meeting_id uuid not null,
  county_id uuid not null,
  org_id uuid not null,
  member_id uuid not null,
  kind text not null check (kind in ('QUESTION', 'REMARK')),
  text text not null check (char_length(text) between 1 and 500),
  said_at timestamptz not null,
  answer text check (char_length(answer) between 1 and 500),
  answered_at timestamptz,
  foreign key (meeting_id, county_id) references meeting (id, county_id),
  check ((answer is null) = (answered_at is null))
);
create index meeting_remark_of on meeting_remark (meeting_id, id);

-- That somebody who was away made it up: beside the attendance, which says what it said.
create table meeting_make_up (
  meeting_id uuid not null,
  member_id uuid not null,
  county_id uuid not null,
  org_id uuid not null,
  reason text not null check (reason in ('WORK', 'ILLNESS')),
  note text not null check (char_length(note) between 1 and 500),
  said_at timestamptz not null,
  confirmed boolean,
  refusal_reason text,
  decided_at timestamptz,
  primary key (meeting_id, member_id),
  foreign key (meeting_id, county_id) references meeting (id, county_id),
  check ((confirmed is null) = (decided_at is null)),
  check ((refusal_reason is not null) = coalesce(not confirmed, false))
);

do $$
declare
  part text;
begin
  foreach part in array array['meeting_stream', 'meeting_remark', 'meeting_make_up'] loop
    execute format('grant select, insert, update on %I to linghang_county, linghang_scoped', part);
    execute format('call app.protect(%L)', part);
  end loop;
  -- Whoever was told of the meeting follows it.
  foreach part in array array['meeting_stream', 'meeting_remark'] loop
    execute format('create policy scoped_read on %I for select to linghang_scoped using (
      org_id = any ((select app.visible_orgs())::uuid[])
      or meeting_id in (select n.meeting_id from meeting_notice n where n.member_id = (select app.own_member())))', part);
  end loop;
end $$;
create policy own_insert on meeting_remark for insert to linghang_scoped with check (
  county_id = (select app.county()) and member_id = (select app.own_member())
  and meeting_id in (select n.meeting_id from meeting_notice n where n.member_id = (select app.own_member())));
create policy scoped_read on meeting_make_up for select to linghang_scoped
  using (org_id = any ((select app.visible_orgs())::uuid[]) or member_id = (select app.own_member()));
