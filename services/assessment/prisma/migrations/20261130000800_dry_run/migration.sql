-- What another pack would have made of the last time that is over, before it takes effect (试算): read by the county's administrators.
create table dry_run (
  id uuid primary key,
  county_id uuid not null,
  document jsonb not null,
  period_from date not null,
  period_until date not null,
  state text not null check (state in ('RUNNING', 'DONE')),
  -- How far it is: members first, then branches, then what is above, each in the order of their ids.
  stage text not null check (stage in ('MEMBER', 'BRANCH', 'ABOVE')),
  after uuid,
  started_by uuid,
  started_at timestamptz not null,
  ended_at timestamptz,
  unique (id, county_id)
);
create index dry_run_of_county on dry_run (county_id, id);
create table dry_run_sheet (
  dry_run_id uuid not null,
  subject_id uuid not null,
  county_id uuid not null,
  org_id uuid not null,
  subject_type text not null check (subject_type in ('MEMBER', 'ORGANISATION')),
  before int,
  after int,
  change int not null,
  lit_months jsonb not null,
  differences jsonb not null,
  primary key (dry_run_id, subject_id),
  foreign key (dry_run_id, county_id) references dry_run (id, county_id) on delete cascade
);
create index dry_run_sheet_at on dry_run_sheet (dry_run_id, org_id, subject_type);
do $$
declare target text;
begin
  foreach target in array array['dry_run', 'dry_run_sheet'] loop
    execute format('grant select, insert, update, delete on %I to linghang_county', target);
    execute format('alter table %I enable row level security', target);
    execute format('alter table %I force row level security', target);
    execute format('create policy county_all on %I for all to linghang_county using (county_id = (select app.county())) with check (county_id = (select app.county()))', target);
  end loop;
end $$;
grant select (county_id, state) on dry_run to linghang_service;
create policy service_reads on dry_run for select to linghang_service using (state = 'RUNNING');
