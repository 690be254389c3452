-- Whom or what a workflow watches, and which of its versions the workflow has been told of. The row is written in the
-- transaction that hears the event; telling the workflow is done afterwards, again and again until it has worked.
create table watched_subject (
  id uuid primary key,
  county_id uuid not null,
  org_id uuid not null,
  type text not null check (type in ('MEMBER', 'ORGANISATION')),
  deadlines jsonb not null,
  version bigint not null,
  told_version bigint not null default 0,
  traceparent text
);
create index watched_subject_untold on watched_subject (id) where told_version < version;
grant select, insert, update on watched_subject to linghang_county;
grant select, update on watched_subject to linghang_service;
call app.protect('watched_subject');
create policy service_tells on watched_subject for all to linghang_service using (true);

-- What the regulations want done by, or allow from, a day. A deadline that no longer holds is closed and stays.
create table deadline (
  id uuid primary key default uuidv7(),
  county_id uuid not null,
  org_id uuid not null,
  subject_id uuid not null,
  subject_type text not null check (subject_type in ('MEMBER', 'ORGANISATION')),
  rule text not null,
  due_on date not null,
  nature text not null check (nature in ('LATEST', 'EARLIEST')),
  article text not null,
  source text not null,
  certainty text not null,
  office_role text not null,
  closed_at timestamptz,
  unique (subject_id, rule, due_on)
);
create index deadline_by_organisation on deadline (org_id, due_on, id) where closed_at is null;
grant select, insert, update on deadline to linghang_county;
grant select on deadline to linghang_scoped;
call app.protect('deadline');
create policy scoped_read on deadline for select to linghang_scoped
  using (org_id = any ((select app.visible_orgs())::uuid[]) or subject_id = (select app.own_member()));

-- A reminder to an office: a role at an organisation, whoever holds it. The key makes sending twice impossible.
create table reminder (
  id uuid primary key default uuidv7(),
  county_id uuid not null,
  org_id uuid not null,
  role text not null,
  subject_id uuid not null,
  subject_type text not null,
  rule text not null,
  due_on date not null,
  rung text not null,
  sent_at timestamptz not null,
  unique (subject_id, rule, due_on, rung, org_id, role)
);
create index reminder_of_office on reminder (org_id, role, id);
grant select, insert on reminder to linghang_county;
grant select on reminder to linghang_scoped;
call app.protect('reminder');
create policy scoped_read on reminder for select to linghang_scoped using (org_id = any ((select app.visible_orgs())::uuid[]));

-- Who has read what is personal: the office's next holder finds it unread.
create table read_mark (
  reminder_id uuid not null references reminder (id),
  account_id uuid not null,
  county_id uuid not null,
  read_at timestamptz not null,
  primary key (reminder_id, account_id)
);
grant select, insert on read_mark to linghang_county, linghang_scoped;
alter table read_mark enable row level security;
alter table read_mark force row level security;
create policy own on read_mark for select to linghang_county, linghang_scoped using (account_id = (select app.account()));
create policy own_insert on read_mark for insert to linghang_county, linghang_scoped
  with check (county_id = (select app.county()) and account_id = (select app.account()));
