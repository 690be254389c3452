set local check_function_bodies = off;

-- An activity of several organisations as one (联合主题党日、共建): the host's, with one agenda.
create table joint_activity (
  id uuid primary key,
  county_id uuid not null,
  -- The host.
  org_id uuid not null,
  host_name text not null,
  kind text not null check (kind in ('THEME_DAY', 'CLASS', 'JOINT_ACTIVITY')),
  title text not null check (char_length(title) between 1 and 200),
  held_on date not null,
  place text check (char_length(place) between 1 and 200),
  items text[] not null check (cardinality(items) <= 50),
  state text not null check (state in ('OPEN', 'CLOSED')),
  -- Of all that gave their list, added up when it was closed.
  due int check (due >= 0),
  present int check (present >= 0),
  closed_on date,
  unique (id, county_id),
  foreign key (org_id, county_id) references organisation (id, county_id),
  check (num_nonnulls(due, present, closed_on) in (0, 3)),
  check ((state = 'CLOSED') = (closed_on is not null))
);
create index joint_activity_by_day on joint_activity (org_id, held_on desc, id desc);
grant select, insert, update on joint_activity to linghang_county, linghang_scoped;

-- Who takes part, the host among them, and what became of it there: numbers, and the organisation's own record.
create table joint_party (
  activity_id uuid not null,
  participant_id uuid not null,
  county_id uuid not null,
  -- The host, who invites.
  org_id uuid not null,
  name text not null,
  answer text not null check (answer in ('INVITED', 'ACCEPTED', 'DECLINED')),
  decline_reason text check (char_length(decline_reason) between 1 and 200),
  meeting_id uuid,
  due int check (due >= 0),
  present int check (present >= 0),
  primary key (activity_id, participant_id),
  foreign key (activity_id, county_id) references joint_activity (id, county_id),
  foreign key (participant_id, county_id) references organisation (id, county_id),
  check ((answer = 'DECLINED') = (decline_reason is not null)),
  check (num_nonnulls(meeting_id, due, present) in (0, 3)),
  check (meeting_id is null or answer = 'ACCEPTED')
);
create index joint_party_of on joint_party (participant_id, activity_id);
grant select, insert, update on joint_party to linghang_county, linghang_scoped;

call app.protect('joint_activity');
call app.protect('joint_party');
create policy scoped_read on joint_party for select to linghang_scoped
  using (org_id = any ((select app.visible_orgs())::uuid[]) or participant_id = any ((select app.visible_orgs())::uuid[]));
-- Whoever is invited answers for itself and gives its own list.
create policy participant_update on joint_party for update to linghang_scoped
  using (participant_id = any ((select app.writable_orgs())::uuid[]))
  with check (county_id = (select app.county()) and participant_id = any ((select app.writable_orgs())::uuid[]));
create policy scoped_read on joint_activity for select to linghang_scoped
  using (org_id = any ((select app.visible_orgs())::uuid[])
    or id in (select p.activity_id from joint_party p where p.participant_id = any ((select app.visible_orgs())::uuid[])));
create trigger never_deleted before delete on joint_activity for each row execute function app.refuse_change();
create trigger never_deleted before delete on joint_party for each row execute function app.refuse_change();

-- An organisation of the county by its code, for whoever invites it and does not see it: its id and name, and nothing else.
create function app.organisation_to_invite(wanted text)
returns table (id uuid, name text)
language sql stable security definer set search_path = public, pg_temp as $$
  select n.id, n.name from org_node n
  where n.code = wanted and n.county_id = nullif(current_setting('app.county_id', true), '')::uuid
$$;
alter function app.organisation_to_invite(text) owner to linghang_paths;
