-- Rosters on their way in: the file as it came (sealed), what was found in it, the rows that may be taken over.
create table roster_import (
  id uuid primary key,
  county_id uuid not null,
  org_id uuid,
  account_id uuid,
  state text not null check (state in ('AWAITING_FILE', 'UPLOADED', 'PREVIEWING', 'PREVIEWED', 'COMMITTING', 'COMMITTED', 'FAILED')),
  mode text check (mode in ('VALID', 'ALL_OR_NONE')),
  commit_after_preview boolean not null default false,
  file_name text,
  file_bytes bigint not null default 0,
  rows_total int not null default 0,
  rows_judged int not null default 0,
  rows_valid int not null default 0,
  rows_done int not null default 0,
  done_through int not null default -1,
  added int not null default 0,
  changed int not null default 0,
  unchanged int not null default 0,
  errors int not null default 0,
  warnings int not null default 0,
  failure_code text,
  failure_zh text,
  failure_en text,
  traceparent text,
  -- A worker that was away too long finds another token here and lets go: two never write one import.
  lease_token bigint not null default 0,
  lease_until timestamptz,
  failures int not null default 0,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index roster_import_open on roster_import (lease_until) where state in ('PREVIEWING', 'COMMITTING');
grant select, insert, update on roster_import to linghang_county;
grant select, update on roster_import to linghang_service;
alter table roster_import enable row level security;
alter table roster_import force row level security;
create policy county_all on roster_import for all to linghang_county using (county_id = (select app.county())) with check (county_id = (select app.county()));
create policy service_finds_work on roster_import for all to linghang_service using (true);
grant select, insert, update on roster_import to linghang_scoped;
create policy scoped_read on roster_import for select to linghang_scoped using (org_id = any ((select app.writable_orgs())::uuid[]));
create policy scoped_insert on roster_import for insert to linghang_scoped with check (county_id = (select app.county()) and org_id = any ((select app.writable_orgs())::uuid[]));
create policy scoped_update on roster_import for update to linghang_scoped using (org_id = any ((select app.writable_orgs())::uuid[])) with check (org_id = any ((select app.writable_orgs())::uuid[]));

create table roster_chunk (
  import_id uuid not null references roster_import (id),
  county_id uuid not null,
  n int not null,
  sealed bytea not null,
  primary key (import_id, n)
);
create table roster_row (
  import_id uuid not null references roster_import (id),
  county_id uuid not null,
  -- Where it stands in the order in which rows are taken over: superiors before inferiors.
  n int not null,
  line int not null,
  record jsonb not null,
  primary key (import_id, n)
);
create table roster_finding (
  import_id uuid not null references roster_import (id),
  county_id uuid not null,
  n int not null,
  line int,
  column_name text,
  severity text not null check (severity in ('ERROR', 'WARNING')),
  code text not null,
  found text,
  wanted_zh text not null,
  wanted_en text not null,
  message_zh text not null,
  message_en text not null,
  primary key (import_id, n)
);
create table roster_missing (
  import_id uuid not null references roster_import (id),
  county_id uuid not null,
  subject_id uuid not null,
  primary key (import_id, subject_id)
);
do $$
declare
  part text;
begin
  foreach part in array array['roster_chunk', 'roster_row', 'roster_finding', 'roster_missing'] loop
    execute format('grant select, insert, delete on %I to linghang_county', part);
    execute format('alter table %I enable row level security', part);
    execute format('alter table %I force row level security', part);
    execute format('create policy county_all on %I for all to linghang_county using (county_id = (select app.county())) with check (county_id = (select app.county()))', part);
    execute format('grant select on %I to linghang_scoped', part);
    execute format('create policy scoped_read on %I for select to linghang_scoped using (import_id = any (array (select id from roster_import)))', part);
  end loop;
end $$;
