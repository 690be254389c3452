-- Cases and approvals are watched beside organisations. A date is its subject's; the row that wrote it is its watch.
alter table watched_subject drop constraint watched_subject_type_check;
alter table watched_subject add constraint watched_subject_type_check
  check (type in ('MEMBER', 'ORGANISATION', 'CASE', 'APPROVAL'));
alter table watched_subject
  add column subject_id uuid,
  add column state text not null default 'OPEN' check (state in ('OPEN', 'ENDED')),
  add column stage text not null default '',
  add column round int not null default 1,
  add column ladders jsonb not null default '{}',
  add column announced_on date;
update watched_subject set subject_id = id;
alter table watched_subject alter column subject_id set not null;

alter table deadline drop constraint deadline_subject_type_check;
alter table deadline add constraint deadline_subject_type_check
  check (subject_type in ('MEMBER', 'ORGANISATION', 'APPROVAL'));
-- The office that can act may be another organisation's than the one whose date it is; the rungs by which its state is
-- told are those by which its workflow reminds.
alter table deadline add column watch_id uuid, add column office_org_id uuid, add column ladder jsonb;
update deadline set watch_id = subject_id, office_org_id = org_id;
alter table deadline alter column watch_id set not null, alter column office_org_id set not null;
create index deadline_by_office on deadline (office_org_id, due_on, id) where closed_at is null;
create index deadline_by_watch on deadline (watch_id) where closed_at is null;
drop policy scoped_read on deadline;
-- How long a political review holds is not for the person whom it is about.
create policy scoped_read on deadline for select to linghang_scoped
  using (org_id = any ((select app.visible_orgs())::uuid[])
    or office_org_id = any ((select app.visible_orgs())::uuid[])
    or (subject_id = (select app.own_member()) and rule <> 'POLITICAL_REVIEW_EXPIRES'));

-- People in development have a case now, whose events say what is due. Their own watches end: the workflows are told of
-- nothing to wait for. The reminders stay, and with them the keys that keep a case from reminding a second time.
update deadline d set closed_at = now() from watched_subject w
  where w.type = 'MEMBER' and d.subject_id = w.id and d.closed_at is null;
update watched_subject set deadlines = '[]', state = 'ENDED', version = version + 1, traceparent = null
  where type = 'MEMBER' and deadlines <> '[]';

-- An overdue date comes back every week; a request that is handed in again is reminded of again.
alter table reminder add column week int not null default 0 check (week between 0 and 52);
alter table reminder add column round int not null default 1 check (round > 0);
alter table reminder drop constraint reminder_subject_id_rule_due_on_rung_org_id_role_key;
alter table reminder add constraint reminder_key unique (subject_id, rule, due_on, rung, week, round, org_id, role);

-- Who holds which office, from the org service: what stands for somebody who is not asking (a calendar feed, somebody
-- who has delegated) is judged by the offices of that day.
create table office_held (
  id uuid primary key,
  county_id uuid not null,
  org_id uuid,
  account_id uuid not null,
  role text not null,
  starts_on date not null,
  ends_on date,
  told_at timestamptz not null
);
create index office_held_by on office_held (county_id, account_id);
grant select, insert, update on office_held to linghang_county;
grant select on office_held to linghang_paths;
call app.protect('office_held');
drop policy scoped_insert on office_held;
drop policy scoped_update on office_held;

create function app.today() returns date language sql stable as $$
  select (now() at time zone 'Asia/Shanghai')::date
$$;

-- Decisions left to somebody else for a period, by whoever holds the office.
create table delegation (
  id uuid primary key,
  county_id uuid not null,
  org_id uuid not null,
  roles text[] not null,
  by_account_id uuid not null,
  to_account_id uuid not null,
  from_on date not null,
  until_on date not null check (until_on >= from_on),
  reason text not null,
  ended_at timestamptz,
  created_at timestamptz not null
);
create index delegation_to on delegation (county_id, to_account_id) where ended_at is null;
create index delegation_at on delegation (org_id, id);
grant select, insert, update on delegation to linghang_county;
grant select, insert on delegation to linghang_scoped;
grant update (ended_at) on delegation to linghang_scoped;
grant select on delegation to linghang_paths;
call app.protect('delegation');
drop policy scoped_insert on delegation;
drop policy scoped_update on delegation;

-- Offices that are the actor's to use today because their holder has left them to the actor; whoever no longer holds an
-- office has nothing to leave. Security definer: the delegate sees neither the holder's offices nor the organisation.
create function app.delegated_offices() returns table (delegation_id uuid, org_id uuid, role text)
language sql stable security definer set search_path = public, pg_temp as $$
  select d.id, d.org_id, r.role from delegation d cross join lateral unnest(d.roles) as r (role)
  where d.county_id = nullif(current_setting('app.county_id', true), '')::uuid
    and d.to_account_id = nullif(current_setting('app.account_id', true), '')::uuid
    and d.ended_at is null and app.today() between d.from_on and d.until_on
    and exists (select from office_held o where o.county_id = d.county_id and o.account_id = d.by_account_id
      and o.org_id = d.org_id and o.role = r.role and o.starts_on <= app.today() and (o.ends_on is null or o.ends_on > app.today()))
$$;
alter function app.delegated_offices() owner to linghang_paths;

-- Organisations at which the actor acts today in an office of its own or one left to it: there and nowhere below.
create function app.acting_orgs() returns uuid[] language sql stable as $$
  select coalesce(nullif(current_setting('app.read_grants', true), ''), '{}')::uuid[]
    || array(select org_id from app.delegated_offices())
$$;

-- What kind of organisation decides: asked by a delegate too, who may not see it.
create function app.kind_of_acting(org uuid) returns text
language sql stable security definer set search_path = public, pg_temp as $$
  select n.kind from org_node n
  where n.id = org and n.county_id = nullif(current_setting('app.county_id', true), '')::uuid
    and n.id = any ((select app.acting_orgs())::uuid[])
$$;
alter function app.kind_of_acting(uuid) owner to linghang_paths;

create policy scoped_read on delegation for select to linghang_scoped
  using (org_id = any ((select app.visible_orgs())::uuid[]) or to_account_id = (select app.account()));
create policy scoped_insert on delegation for insert to linghang_scoped
  with check (county_id = (select app.county()) and by_account_id = (select app.account())
    and org_id = any (coalesce(nullif((select current_setting('app.read_grants', true)), ''), '{}')::uuid[]));
create policy scoped_update on delegation for update to linghang_scoped
  using (org_id = any (coalesce(nullif((select current_setting('app.read_grants', true)), ''), '{}')::uuid[]))
  with check (county_id = (select app.county()));

-- What an office of a superior is to decide.
create table approval (
  id uuid primary key,
  county_id uuid not null,
  org_id uuid not null,
  decider_org_id uuid not null,
  kind text not null,
  role text not null,
  subject_type text not null,
  subject_id uuid not null,
  state text not null check (state in ('OPEN', 'RETURNED', 'APPROVED', 'REFUSED', 'WITHDRAWN')),
  requested_by uuid,
  recused_member_ids uuid[] not null,
  requested_on date not null,
  due_on date not null,
  hard_limit_on date,
  article text not null,
  source text not null,
  certainty text not null,
  round int not null,
  -- Of the request, as its owner counts; and of this row, which decisions change too.
  version bigint not null,
  revision bigint not null default 1,
  announced_on date not null,
  decided_on date,
  decided_by uuid
);
create index approval_by_organisation on approval (org_id, due_on, id);
create index approval_by_decider on approval (decider_org_id, due_on, id);
grant select, insert, update on approval to linghang_county;
grant select on approval to linghang_scoped;
grant update (state, revision, decided_on, decided_by) on approval to linghang_scoped;
call app.protect('approval');
drop policy scoped_insert on approval;
drop policy scoped_update on approval;
create policy scoped_read on approval for select to linghang_scoped
  using (org_id = any ((select app.visible_orgs())::uuid[])
    or decider_org_id = any ((select app.visible_orgs())::uuid[])
    or decider_org_id = any ((select app.acting_orgs())::uuid[]));
create policy scoped_update on approval for update to linghang_scoped
  using (decider_org_id = any ((select app.acting_orgs())::uuid[]))
  with check (county_id = (select app.county()) and decider_org_id = any ((select app.acting_orgs())::uuid[]));

-- Its whole history: appended and never changed.
create table approval_event (
  id uuid primary key default uuidv7(),
  county_id uuid not null,
  org_id uuid not null,
  decider_org_id uuid not null,
  approval_id uuid not null references approval (id),
  round int not null,
  what text not null check (what in ('REQUESTED', 'RETURNED', 'APPROVED', 'REFUSED', 'WITHDRAWN')),
  happened_on date not null,
  account_id uuid,
  delegation_id uuid references delegation (id),
  reason text,
  recorded_at timestamptz not null
);
create index approval_event_of on approval_event (approval_id, id);
-- A round is handed in once, decided once, withdrawn once.
create unique index approval_event_once on approval_event (approval_id, round,
  (case when what in ('RETURNED', 'APPROVED', 'REFUSED') then 'DECIDED' else what end));
grant select, insert on approval_event to linghang_county, linghang_scoped;
call app.protect('approval_event');
drop policy scoped_insert on approval_event;
drop policy scoped_update on approval_event;
create policy scoped_read on approval_event for select to linghang_scoped
  using (org_id = any ((select app.visible_orgs())::uuid[])
    or decider_org_id = any ((select app.visible_orgs())::uuid[])
    or decider_org_id = any ((select app.acting_orgs())::uuid[]));
create policy scoped_insert on approval_event for insert to linghang_scoped
  with check (county_id = (select app.county()) and account_id = (select app.account())
    and decider_org_id = any ((select app.acting_orgs())::uuid[]));
create trigger approval_event_append_only before update or delete on approval_event
  for each row execute function app.refuse_change();

-- An address that shows what falls due without a sign-in: the secret is the key, and only its hash is kept.
create table calendar_feed (
  id uuid primary key,
  county_id uuid not null,
  org_id uuid not null,
  account_id uuid not null,
  secret_hash bytea not null unique,
  created_at timestamptz not null,
  revoked_at timestamptz
);
grant select, insert on calendar_feed to linghang_county, linghang_scoped;
grant update (revoked_at) on calendar_feed to linghang_county, linghang_scoped;
grant select on calendar_feed to linghang_service;
alter table calendar_feed enable row level security;
alter table calendar_feed force row level security;
create policy own on calendar_feed for select to linghang_county, linghang_scoped using (account_id = (select app.account()));
create policy own_insert on calendar_feed for insert to linghang_county, linghang_scoped
  with check (county_id = (select app.county()) and account_id = (select app.account()));
create policy own_update on calendar_feed for update to linghang_county, linghang_scoped
  using (account_id = (select app.account())) with check (account_id = (select app.account()));
create policy by_secret on calendar_feed for select to linghang_service using (revoked_at is null);
