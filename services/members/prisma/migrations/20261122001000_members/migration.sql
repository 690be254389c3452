create table member (
  id uuid primary key,
  county_id uuid not null,
  org_id uuid not null,
  name text not null,
  -- Pinyin of the name, so that lists stand in the order that people expect and a page is found through an index.
  name_key text not null,
  sex text not null check (sex in ('MALE', 'FEMALE')),
  ethnicity text,
  birth_date date not null,
  education text,
  kind text not null check (kind in ('APPLICANT', 'ACTIVIST', 'CANDIDATE', 'PROBATIONARY', 'FULL')),
  applied_on date,
  activist_since date,
  candidate_since date,
  joined_on date,
  full_member_since date,
  talk_held_on date,
  last_review_on date,
  post text,
  -- Sealed with the county's key; found by the keyed hash beside it. Nothing else of the number is kept.
  id_number_sealed bytea not null,
  id_number_hash bytea not null,
  id_number_masked text not null,
  phone_sealed bytea,
  phone_hash bytea,
  phone_masked text,
  dues_category text,
  dues_base_fen bigint check (dues_base_fen >= 0),
  floating boolean not null default false,
  lost_contact boolean not null default false,
  left_on date,
  left_reason text,
  known_on date not null,
  content_hash bytea not null,
  version bigint not null default 1,
  unique (county_id, id_number_hash),
  foreign key (org_id, county_id) references org_node (id, county_id)
);
create index member_by_name on member (org_id, name_key, id) where left_on is null;
create index member_of_county_by_name on member (county_id, name_key, id) where left_on is null;
create index member_by_phone on member (county_id, phone_hash);
grant select, insert, update on member to linghang_county, linghang_scoped;
call app.protect('member');
create policy scoped_read on member for select to linghang_scoped
  using (org_id = any ((select app.visible_orgs())::uuid[]) or id = (select app.own_member()));

-- What others are told of a person: standing and dates, never who it is. The one place that knows how a row becomes
-- the event's data.
create function app.member_state(m member) returns jsonb language sql immutable as $$
  select jsonb_build_object(
    'id', m.id, 'orgId', m.org_id, 'kind', m.kind, 'appliedOn', m.applied_on, 'activistSince', m.activist_since,
    'candidateSince', m.candidate_since, 'joinedOn', m.joined_on, 'fullMemberSince', m.full_member_since,
    'talkHeldOn', m.talk_held_on, 'lastReviewOn', m.last_review_on, 'knownOn', m.known_on,
    'duesCategory', m.dues_category, 'duesBaseFen', m.dues_base_fen::text, 'leftOn', m.left_on, 'version', m.version)
$$;

-- Writes events and audit rows for people who have just been changed, in the writer's transaction and in one statement
-- each: a roster changes fifty thousand.
create procedure app.tell_of_members(ids uuid[], event_type text, traceparent text) language sql as $$
  insert into outbox_event (county_id, org_id, type, subject, key, data, traceparent)
  select m.county_id, m.org_id, event_type, m.id::text, m.county_id || '/' || m.id, app.member_state(m), traceparent
  from member m where m.id = any (ids)
$$;
grant execute on procedure app.tell_of_members(uuid[], text, text) to linghang_county, linghang_scoped;
