-- What of a person decides whether they are due at a meeting and vote there (党章: probationary members do not), and
-- at which branch they were on which day. The register knows no legal date of a move: the day on which it told of one
-- counts. `kind` is null for people whom this service has not heard of since these columns came.
alter table member_ref
  add column kind text check (kind in ('APPLICANT', 'ACTIVIST', 'CANDIDATE', 'PROBATIONARY', 'FULL')),
  add column joined_on date,
  add column full_member_since date,
  add column left_on date,
  add column known_on date;

-- Appended for each version of a person in which the branch is another one. Where somebody was on a day follows from
-- all of them together, so an event that comes late changes nothing that it should not.
create table member_stay (
  member_id uuid not null,
  version bigint not null,
  county_id uuid not null,
  org_id uuid not null,
  told_on date not null,
  primary key (member_id, version)
);
create index member_stay_at on member_stay (org_id, member_id);
grant select, insert on member_stay to linghang_county;
grant select on member_stay to linghang_scoped, linghang_paths;
grant select on member_ref to linghang_paths;
call app.protect('member_stay');
create policy scoped_read on member_stay for select to linghang_scoped using (org_id = any ((select app.visible_orgs())::uuid[]));
insert into member_stay (member_id, version, county_id, org_id, told_on)
  select id, version, county_id, org_id, (now() at time zone 'Asia/Shanghai')::date from member_ref;

-- Who belonged to these organisations on a day, and what they were then. Security definer: somebody who has moved on
-- is another branch's today and still was this branch's then. Before the first that is known of them people count as
-- having been where they were first known: a roster says where people are and not since when.
create function app.belonged_on(orgs uuid[], day date, people uuid[] default null)
returns table (member_id uuid, standing text, known_on date)
language sql stable security definer set search_path = public, pg_temp as $$
  select m.id,
    case
      when m.kind is null then null
      when m.kind = 'FULL' and coalesce(m.full_member_since, m.joined_on + interval '1 year', day) <= day then 'FULL'
      when m.kind in ('FULL', 'PROBATIONARY') and coalesce(m.joined_on, day) <= day then 'PROBATIONARY'
      else 'NONE'
    end,
    m.known_on
  from (
    select distinct s.member_id from member_stay s
    where s.org_id = any (orgs) and (people is null or s.member_id = any (people))
  ) c
  join member_ref m on m.id = c.member_id and m.county_id = nullif(current_setting('app.county_id', true), '')::uuid
  cross join lateral (
    select s.org_id from member_stay s where s.member_id = m.id
    order by (s.told_on <= day) desc, case when s.told_on <= day then s.version end desc, s.version limit 1
  ) then_at
  where then_at.org_id = any (orgs) and (m.left_on is null or m.left_on > day)
    and (current_setting('role') = 'linghang_county'
      or orgs <@ (select app.orgs_under(current_setting('app.read_grants', true))))
$$;
alter function app.belonged_on(uuid[], date, uuid[]) owner to linghang_paths;

-- A meeting (会议台账) and what its newest version says of it; `revision` grows with every change of either.
create table meeting (
  id uuid primary key,
  county_id uuid not null,
  org_id uuid not null,
  kind text not null check (kind in ('BRANCH_COMMITTEE', 'BRANCH_ASSEMBLY', 'GROUP_MEETING', 'COMMITTEE')),
  state text not null check (state in ('DRAFT', 'CLOSED')),
  held_on date not null,
  version int not null,
  revision int not null,
  recorded_by uuid,
  recorded_at timestamptz not null default now(),
  unique (id, county_id),
  foreign key (org_id, county_id) references organisation (id, county_id)
);
create index meeting_by_day on meeting (org_id, held_on desc, id desc);
grant select, insert, update on meeting to linghang_county, linghang_scoped;
call app.protect('meeting');
create policy scoped_read on meeting for select to linghang_scoped using (org_id = any ((select app.visible_orgs())::uuid[]));

-- Version 1 is what the meeting was closed with; each correction is another one, with its reason.
create table meeting_version (
  meeting_id uuid not null,
  version int not null,
  county_id uuid not null,
  org_id uuid not null,
  held_on date not null,
  place text,
  agenda text,
  minutes text,
  -- Voters: those due after the lawful exceptions, and those of them who came.
  due int not null,
  present int not null,
  reason text,
  content_hash bytea not null,
  written_by uuid,
  closed_at timestamptz,
  primary key (meeting_id, version),
  foreign key (meeting_id, county_id) references meeting (id, county_id),
  check ((version = 1) = (reason is null)),
  check (present <= due)
);
create table meeting_person (
  meeting_id uuid not null,
  version int not null,
  member_id uuid not null,
  county_id uuid not null,
  org_id uuid not null,
  standing text not null check (standing in ('FULL', 'PROBATIONARY')),
  due boolean not null,
  exception text check (exception in ('CANNOT_EXPRESS_WILL', 'ABROAD', 'SERVING_SENTENCE', 'LONG_ILL', 'MOVED_AWAY', 'SETTLED_AWAY', 'RIGHTS_SUSPENDED', 'NOT_YET_HERE')),
  exception_since date,
  exception_note text,
  attendance text check (attendance in ('PRESENT', 'LEAVE', 'ABSENT')),
  leave_reason text,
  primary key (meeting_id, version, member_id),
  foreign key (meeting_id, version) references meeting_version (meeting_id, version),
  check (due = (standing = 'FULL' and exception is null)),
  check (exception is null or attendance is null),
  check ((attendance = 'LEAVE') = (leave_reason is not null))
);
create index meeting_person_of on meeting_person (county_id, member_id);
create table meeting_resolution (
  meeting_id uuid not null,
  version int not null,
  id uuid not null,
  n int not null,
  county_id uuid not null,
  org_id uuid not null,
  matter text not null check (matter in ('ACTIVIST', 'CANDIDATE', 'EXAMINATION', 'ADMISSION', 'CONVERSION', 'EXTENSION', 'CANCELLATION', 'OTHER')),
  member_id uuid,
  text text not null,
  decision text check (decision in ('SECRET_BALLOT', 'COLLECTIVE_AGREEMENT')),
  due int check (due >= 0),
  present int check (present >= 0),
  in_favour int check (in_favour >= 0),
  against int check (against >= 0),
  abstained int check (abstained >= 0),
  written_in_favour int not null check (written_in_favour >= 0),
  written_against int not null check (written_against >= 0),
  quorate boolean not null,
  carried boolean not null,
  primary key (meeting_id, version, id),
  unique (meeting_id, version, n),
  foreign key (meeting_id, version) references meeting_version (meeting_id, version),
  check ((matter = 'OTHER') or member_id is not null),
  check (num_nulls(decision, due, present, in_favour, against, abstained) in (0, 6)),
  check (in_favour + against + abstained <= present),
  check (not carried or quorate)
);
create table meeting_opinion (
  meeting_id uuid not null,
  version int not null,
  resolution_id uuid not null,
  member_id uuid not null,
  county_id uuid not null,
  org_id uuid not null,
  in_favour boolean not null,
  received_on date not null,
  before_opening boolean not null,
  primary key (meeting_id, version, resolution_id, member_id),
  foreign key (meeting_id, version, resolution_id) references meeting_resolution (meeting_id, version, id)
);

-- Only drafts are changed: a closed version is evidence, whoever writes to it and however.
create function app.guard_meeting_version() returns trigger language plpgsql as $$
begin
  if old.closed_at is not null or tg_op = 'DELETE' then
    raise exception 'a closed meeting is immutable: % of version % refused', tg_op, old.version
      using errcode = 'integrity_constraint_violation';
  end if;
  return new;
end $$;
create trigger meeting_version_closed before update or delete on meeting_version
  for each row execute function app.guard_meeting_version();

create function app.guard_meeting_part() returns trigger language plpgsql as $$
declare
  part record;
begin
  if tg_op = 'DELETE' then part := old; else part := new; end if;
  if tg_op = 'UPDATE' or not exists (
    select from meeting_version v where v.meeting_id = part.meeting_id and v.version = part.version and v.closed_at is null
  ) then
    raise exception 'a closed meeting is immutable: % on % refused', tg_op, tg_table_name
      using errcode = 'integrity_constraint_violation';
  end if;
  return part;
end $$;

create function app.guard_meeting() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' or (old.id, old.county_id, old.org_id, old.kind, old.recorded_by, old.recorded_at)
    is distinct from (new.id, new.county_id, new.org_id, new.kind, new.recorded_by, new.recorded_at) then
    raise exception 'a meeting keeps its organisation and its kind, and stays' using errcode = 'integrity_constraint_violation';
  end if;
  if (old.state = 'CLOSED' or new.state = 'CLOSED') and not (
    new.state = 'CLOSED' and new.version = case old.state when 'CLOSED' then old.version + 1 else old.version end
    and exists (select from meeting_version v where v.meeting_id = new.id and v.version = new.version
      and v.held_on = new.held_on and v.closed_at is not null)
  ) then
    raise exception 'a closed meeting is immutable: it takes a new version' using errcode = 'integrity_constraint_violation';
  end if;
  return new;
end $$;
create trigger meeting_closed before update or delete on meeting for each row execute function app.guard_meeting();

do $$
declare
  part text;
begin
  foreach part in array array['meeting_person', 'meeting_resolution', 'meeting_opinion'] loop
    execute format('create trigger %I before insert or update or delete on %I for each row execute function app.guard_meeting_part()', part || '_closed', part);
    execute format('create policy county_delete on %I for delete to linghang_county using (county_id = (select app.county()))', part);
    execute format('create policy scoped_delete on %I for delete to linghang_scoped using (org_id = any ((select app.writable_orgs())::uuid[]))', part);
    execute format('grant delete on %I to linghang_county, linghang_scoped', part);
  end loop;
  foreach part in array array['meeting_version', 'meeting_person', 'meeting_resolution', 'meeting_opinion'] loop
    execute format('grant select, insert%s on %I to linghang_county, linghang_scoped', case part when 'meeting_version' then ', update' else '' end, part);
    execute format('call app.protect(%L)', part);
    execute format('create policy scoped_read on %I for select to linghang_scoped using (org_id = any ((select app.visible_orgs())::uuid[]))', part);
  end loop;
  foreach part in array array['meeting', 'meeting_version', 'meeting_person', 'meeting_resolution', 'meeting_opinion'] loop
    execute format('create trigger %I before truncate on %I for each statement execute function app.refuse_change()', part || '_stays', part);
  end loop;
end $$;
