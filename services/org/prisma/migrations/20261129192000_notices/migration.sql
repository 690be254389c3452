-- A meeting is planned and announced before it is held; what was announced and is not held is cancelled, with the reason.
alter table meeting drop constraint meeting_state_check;
alter table meeting add constraint meeting_state_check
  check (state in ('PLANNED', 'ANNOUNCED', 'CANCELLED', 'DRAFT', 'CLOSED'));
alter table meeting
  add column starts_at timestamptz check (state not in ('PLANNED', 'ANNOUNCED', 'CANCELLED') or num_nonnulls(starts_at) = 1),
  add column cancel_reason text check ((state = 'CANCELLED') = (num_nonnulls(cancel_reason) = 1));

-- Of who came: after it had begun, or not to its end.
alter table meeting_person
  add column late boolean not null default false,
  add column left_early boolean not null default false
    check (coalesce(attendance = 'PRESENT', false) or not (late or left_early));

-- What is on the agenda, in its order: part of what a version says, and immutable with it.
create table meeting_item (
  meeting_id uuid not null,
  version int not null,
  n int not null,
  county_id uuid not null,
  org_id uuid not null,
  title text not null,
  discussion text,
  outcome text,
  primary key (meeting_id, version, n),
  foreign key (meeting_id, version) references meeting_version (meeting_id, version)
);
create trigger meeting_item_closed before insert or update or delete on meeting_item
  for each row execute function app.guard_meeting_part();
create trigger meeting_item_stays before truncate on meeting_item for each statement execute function app.refuse_change();
grant select, insert, delete on meeting_item to linghang_county, linghang_scoped;
call app.protect('meeting_item');
create policy scoped_read on meeting_item for select to linghang_scoped using (org_id = any ((select app.visible_orgs())::uuid[]));
create policy county_delete on meeting_item for delete to linghang_county using (county_id = (select app.county()));
create policy scoped_delete on meeting_item for delete to linghang_scoped using (org_id = any ((select app.writable_orgs())::uuid[]));

-- What somebody who belongs to a meeting is told of it, and what they answer. It says by itself what the meeting is, since
-- members see the notices that are theirs and no meeting. Nobody who does not answer is written down as anything.
create table meeting_notice (
  meeting_id uuid not null,
  member_id uuid not null,
  county_id uuid not null,
  org_id uuid not null,
  kind text not null,
  state text not null check (state in ('ANNOUNCED', 'CANCELLED', 'HELD')),
  starts_at timestamptz not null,
  place text,
  agenda text[] not null,
  cancel_reason text,
  answer text check (answer in ('COMES', 'LEAVE')),
  leave_reason text,
  answered_at timestamptz,
  granted boolean,
  refusal_reason text,
  decided_at timestamptz,
  primary key (meeting_id, member_id),
  foreign key (meeting_id, county_id) references meeting (id, county_id),
  check ((leave_reason is not null) = coalesce(answer = 'LEAVE', false)),
  check ((answer is null) = (answered_at is null)),
  check (granted is null or coalesce(answer = 'LEAVE', false)),
  check ((granted is null) = (decided_at is null)),
  check (coalesce(not granted, false) or refusal_reason is null)
);
create index meeting_notice_of on meeting_notice (member_id, starts_at desc, meeting_id desc);
grant select, insert, update, delete on meeting_notice to linghang_county, linghang_scoped;
call app.protect('meeting_notice');
create policy scoped_read on meeting_notice for select to linghang_scoped
  using (org_id = any ((select app.visible_orgs())::uuid[]) or member_id = (select app.own_member()));
create policy own_update on meeting_notice for update to linghang_scoped
  using (member_id = (select app.own_member())) with check (member_id = (select app.own_member()));
create policy county_delete on meeting_notice for delete to linghang_county using (county_id = (select app.county()));
create policy scoped_delete on meeting_notice for delete to linghang_scoped using (org_id = any ((select app.writable_orgs())::uuid[]));
