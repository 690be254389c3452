set local check_function_bodies = off;

-- What an organisation asks of its superior (报批), and what was decided. One request at a time about one thing.
create table approval_request (
  id uuid primary key,
  county_id uuid not null,
  org_id uuid not null,
  decider_org_id uuid not null,
  kind text not null,
  subject_type text not null check (subject_type in ('Organisation', 'Election')),
  subject_id uuid not null,
  state text not null check (state in ('OPEN', 'RETURNED', 'APPROVED', 'REFUSED', 'WITHDRAWN')),
  round int not null,
  requested_on date not null,
  requested_by uuid,
  decided_on date,
  foreign key (org_id, county_id) references organisation (id, county_id)
);
create unique index approval_request_open on approval_request (subject_id, kind)
  where state in ('OPEN', 'RETURNED') and kind <> 'ORGANISATION_SETUP';
create index approval_request_of on approval_request (subject_id, id desc);
create index approval_request_by on approval_request (org_id, id desc);
grant select, insert, update on approval_request to linghang_county, linghang_scoped;
call app.protect('approval_request');
create policy scoped_read on approval_request for select to linghang_scoped using (org_id = any ((select app.visible_orgs())::uuid[]));
create trigger never_deleted before delete on approval_request for each row execute function app.refuse_change();

-- Who stands above an organisation and of what kind it is, nearest first: for whoever keeps the organisation, who does not
-- see its superiors.
create function app.superiors_for_decision(org uuid)
returns table (id uuid, distance int, kind text)
language sql stable security definer set search_path = public, pg_temp as $$
  select s.id, nlevel(n.path) - nlevel(s.path), s.kind
  from org_node n join org_node s on s.path @> n.path and s.id <> n.id
  where n.id = org and n.county_id = nullif(current_setting('app.county_id', true), '')::uuid
    and (current_setting('role') = 'linghang_county'
      or array[org] <@ (select app.orgs_under(current_setting('app.write_grants', true))))
$$;
alter function app.superiors_for_decision(uuid) owner to linghang_paths;

-- A change to an organisation (设立、更名、升格、隶属变更) as a process: asked for, decided by the superior, carried out.
create table organisation_change (
  id uuid primary key,
  county_id uuid not null,
  -- Which organisation changes; for one to be set up, that below which it is to be.
  org_id uuid not null,
  kind text not null check (kind in ('SETUP', 'RENAME', 'UPGRADE', 'MOVE')),
  state text not null check (state in ('REQUESTED', 'RETURNED', 'REFUSED', 'WITHDRAWN', 'BLOCKED', 'DONE')),
  approval_id uuid not null,
  reason text not null check (char_length(reason) between 1 and 1000),
  code text,
  name text,
  to_kind text,
  superior_id uuid,
  requested_on date not null,
  decided_on date,
  done_on date,
  -- Why an approved one has not been carried out: the code of what refuses it.
  blocked_by text,
  -- What was set up.
  made_org_id uuid,
  revision int not null default 1,
  foreign key (org_id, county_id) references organisation (id, county_id),
  foreign key (approval_id) references approval_request (id),
  check ((state = 'DONE') = (done_on is not null)),
  check ((state = 'BLOCKED') = (blocked_by is not null))
);
create unique index organisation_change_open on organisation_change (org_id, kind)
  where state in ('REQUESTED', 'RETURNED', 'BLOCKED') and kind <> 'SETUP';
create unique index organisation_change_approval on organisation_change (approval_id);
create index organisation_change_of on organisation_change (org_id, id desc);
grant select, insert, update on organisation_change to linghang_county, linghang_scoped;
call app.protect('organisation_change');
create policy scoped_read on organisation_change for select to linghang_scoped using (org_id = any ((select app.visible_orgs())::uuid[]));
create trigger never_deleted before delete on organisation_change for each row execute function app.refuse_change();
