-- Meetings in which committees voted on people: what a decision on an admission or a conversion rests on.
create table committee_meeting (
  id uuid primary key,
  county_id uuid not null,
  org_id uuid not null,
  held_on date not null,
  resolutions jsonb not null,
  version bigint not null
);
grant select, insert, update on committee_meeting to linghang_county;
grant select on committee_meeting to linghang_paths;
call app.protect('committee_meeting');
drop policy scoped_insert on committee_meeting;
drop policy scoped_update on committee_meeting;

-- Security definer: whoever decides for an office that was left to them need not see the organisation.
create function app.committee_meeting(meeting uuid) returns table (org_id uuid, held_on date, resolutions jsonb)
language sql stable security definer set search_path = public, pg_temp as $$
  select m.org_id, m.held_on, m.resolutions from committee_meeting m
  where m.id = meeting and m.county_id = nullif(current_setting('app.county_id', true), '')::uuid
    and m.org_id = any ((select app.acting_orgs())::uuid[])
$$;
alter function app.committee_meeting(uuid) owner to linghang_paths;

-- Whom a request is about. Before it was named by itself, the person stood first among those who may not decide.
alter table approval add column member_id uuid;
update approval set member_id = recused_member_ids[1];
alter table approval_event add column meeting_id uuid;
