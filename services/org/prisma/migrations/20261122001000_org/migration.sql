create table county (
  id uuid primary key,
  code text not null unique,
  name text not null
);
grant select on county to linghang_county, linghang_scoped, linghang_service;
alter table county enable row level security;
alter table county force row level security;
create policy own_county on county for select to linghang_county, linghang_scoped using (id = (select app.county()));
grant insert on county to linghang_service;
create policy service_reads on county for select to linghang_service using (true);
create policy service_registers on county for insert to linghang_service with check (true);

-- The org service is where the tree is changed; elsewhere only events change it.
grant insert, update on org_node to linghang_scoped;
create policy scoped_insert on org_node for insert to linghang_scoped
  with check (county_id = (select app.county()) and superior_id = any ((select app.writable_orgs())::uuid[]));
create policy scoped_update on org_node for update to linghang_scoped
  using (id = any ((select app.writable_orgs())::uuid[]))
  with check (county_id = (select app.county()) and id = any ((select app.writable_orgs())::uuid[]));

-- A policy sees only the row as it becomes. Whoever keeps an organisation may change it; to move it they must keep
-- the superior that it leaves and the one that it comes under.
create function app.guard_move() returns trigger language plpgsql as $$
begin
  if current_setting('role') = 'linghang_scoped'
    and not coalesce(array[old.superior_id, new.superior_id] <@ app.writable_orgs(), false) then
    raise exception 'an organisation is moved by whoever keeps both superiors' using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;
create trigger org_node_guard_move before update of superior_id on org_node
  for each row when (old.superior_id is distinct from new.superior_id) execute function app.guard_move();

create table organisation (
  id uuid primary key,
  county_id uuid not null,
  superior_id uuid,
  code text not null,
  name text not null,
  kind text not null check (kind in ('COUNTY_COMMITTEE', 'WORK_COMMITTEE', 'COMMITTEE', 'ORGAN_COMMITTEE', 'GENERAL_BRANCH', 'BRANCH', 'JOINT_BRANCH', 'TEMPORARY_BRANCH')),
  region_code text,
  unit_kind text,
  established_on date,
  term_start date,
  term_end date,
  secretary_name text,
  phone text,
  content_hash bytea not null,
  version bigint not null default 1,
  unique (id, county_id),
  unique (county_id, code),
  foreign key (id, county_id) references org_node (id, county_id),
  check ((term_start is null) = (term_end is null) and term_start <= term_end)
);
create index organisation_children on organisation (superior_id, code, id);
grant select, insert, update on organisation to linghang_county, linghang_scoped;
alter table organisation enable row level security;
alter table organisation force row level security;
create policy county_read on organisation for select to linghang_county using (county_id = (select app.county()));
create policy county_insert on organisation for insert to linghang_county with check (county_id = (select app.county()));
create policy county_update on organisation for update to linghang_county using (county_id = (select app.county())) with check (county_id = (select app.county()));
create policy scoped_read on organisation for select to linghang_scoped
  using (id = any ((select app.visible_orgs() || app.own_org())::uuid[]));
create policy scoped_insert on organisation for insert to linghang_scoped
  with check (county_id = (select app.county()) and superior_id = any ((select app.writable_orgs())::uuid[]));
create policy scoped_update on organisation for update to linghang_scoped
  using (id = any ((select app.writable_orgs())::uuid[]))
  with check (county_id = (select app.county()) and id = any ((select app.writable_orgs())::uuid[]));
create trigger organisation_guard_move before update of superior_id on organisation
  for each row when (old.superior_id is distinct from new.superior_id) execute function app.guard_move();

-- What others are told of an organisation; the one place that knows how a row becomes the event's data.
create function app.organisation_state(o organisation) returns jsonb language sql immutable as $$
  select jsonb_build_object(
    'id', o.id, 'code', o.code, 'name', o.name, 'kind', o.kind, 'superiorId', o.superior_id,
    'term', case when o.term_end is null then null else jsonb_build_object('start', o.term_start, 'end', o.term_end) end,
    'version', o.version)
$$;

-- Which organisation a person belongs to, from the members service's events: so that nobody links an account to a
-- file that they may not see.
create table member_ref (
  id uuid primary key,
  county_id uuid not null,
  org_id uuid not null,
  version bigint not null
);
grant select, insert, update on member_ref to linghang_county;
grant select on member_ref to linghang_scoped, linghang_service;
call app.protect('member_ref');
create policy scoped_read on member_ref for select to linghang_scoped using (org_id = any ((select app.visible_orgs())::uuid[]) or id = (select app.own_member()));
create policy service_reads on member_ref for select to linghang_service using (true);

-- An account of the identity provider: a person's or an app's. org_id is the organisation that keeps it.
create table account (
  id uuid primary key,
  county_id uuid not null,
  org_id uuid,
  kind text not null check (kind in ('PERSON', 'APP')),
  issuer text not null,
  subject text not null,
  member_id uuid,
  created_at timestamptz not null default now(),
  unique (id, county_id),
  unique (issuer, subject)
);
create unique index account_member on account (county_id, member_id) where member_id is not null;
grant select, insert, update on account to linghang_county, linghang_scoped;
grant select on account to linghang_service;
call app.protect('account');
create policy scoped_read on account for select to linghang_scoped
  using (org_id = any ((select app.visible_orgs())::uuid[]) or id = (select app.account()));
create policy service_reads on account for select to linghang_service using (true);

-- Who holds which office, from when to when. An office that has ended stays as history.
create table office (
  id uuid primary key,
  county_id uuid not null,
  org_id uuid,
  account_id uuid not null,
  role text not null check (role in ('ADMIN', 'SECRETARY', 'LEADER', 'DISCIPLINE_INSPECTOR', 'AUDITOR', 'APP')),
  starts_on date not null,
  ends_on date,
  appointed_by uuid,
  ended_by uuid,
  end_reason text,
  created_at timestamptz not null default now(),
  foreign key (account_id, county_id) references account (id, county_id),
  foreign key (org_id, county_id) references organisation (id, county_id),
  check (ends_on >= starts_on)
);
-- The same office twice at the same time for the same holder is one office: the second request is refused.
create unique index office_held on office (account_id, role, coalesce(org_id, '00000000-0000-0000-0000-000000000000')) where ends_on is null;
create index office_by_organisation on office (county_id, org_id, starts_on);
create index office_by_account on office (account_id);
grant select, insert, update on office to linghang_county, linghang_scoped;
grant select on office to linghang_service;
call app.protect('office');
create policy scoped_read on office for select to linghang_scoped
  using (org_id = any ((select app.visible_orgs())::uuid[]) or account_id = (select app.account()));
create policy service_reads on office for select to linghang_service using (true);
