-- A development case (发展党员个案). What happened in it is development_fact; this row is what the facts make, kept for
-- lists: it can be made again from them at any time.
create table development_case (
  id uuid primary key,
  county_id uuid not null,
  org_id uuid not null,
  member_id uuid not null,
  phase text not null check (phase in ('OPEN', 'ARCHIVED', 'ENDED')),
  end_reason text,
  stage text not null,
  step text not null,
  step_number int not null,
  -- Whose turn it is: the branch's, the committee's above, or that of an approval that has been asked for.
  waiting_on text not null check (waiting_on in ('BRANCH', 'DECIDER', 'APPROVAL', 'NOBODY')),
  decider_org_id uuid,
  -- The nearest date by which something must be done; overdue when it has passed.
  due_on date,
  opened_on date not null,
  step_opened_on date not null,
  closed_on date,
  -- Contacts and introducers: they see the case without its confidential parts.
  companions uuid[] not null default '{}',
  version bigint not null,
  unique (id, county_id),
  foreign key (org_id, county_id) references org_node (id, county_id)
);
create unique index development_case_open on development_case (member_id) where phase = 'OPEN';
create index development_case_of_member on development_case (county_id, member_id);
create index development_case_by_organisation on development_case (org_id, phase, due_on, id);
create index development_case_of_county on development_case (county_id, phase, due_on, id);
grant select, insert, update on development_case to linghang_county, linghang_scoped;
call app.protect('development_case');
create policy scoped_read on development_case for select to linghang_scoped
  using (org_id = any ((select app.visible_orgs())::uuid[]) or member_id = (select app.own_member())
    or (select app.own_member()) = any (companions));

-- What happened, in order, never changed: the case can be told again from it, and told otherwise from nothing else.
create table development_fact (
  case_id uuid not null,
  seq int not null,
  county_id uuid not null,
  org_id uuid not null,
  type text not null,
  happened_on date not null,
  data jsonb not null,
  confidential boolean not null,
  recorded_at timestamptz not null,
  recorded_by uuid,
  primary key (case_id, seq),
  foreign key (case_id, county_id) references development_case (id, county_id)
);
create index development_fact_of_meeting on development_fact ((data -> 'evidence' ->> 'meetingId')) where type = 'STEP_DONE';
grant select, insert on development_fact to linghang_county, linghang_scoped;
call app.protect('development_fact');
create policy scoped_read on development_fact for select to linghang_scoped
  using (exists (select from development_case c where c.id = case_id
    and (c.org_id = any ((select app.visible_orgs())::uuid[])
      or (not confidential and (c.member_id = (select app.own_member()) or (select app.own_member()) = any (c.companions))))));
create trigger development_fact_append_only before update or delete on development_fact
  for each row execute function app.refuse_change();

-- Meetings as the org service told of them: counts and outcomes, on which steps lean (S0-16).
create table meeting_record (
  id uuid primary key,
  county_id uuid not null,
  org_id uuid not null,
  kind text not null,
  held_on date not null,
  due int not null,
  present int not null,
  resolutions jsonb not null,
  version bigint not null
);
create index meeting_record_of_organisation on meeting_record (org_id, held_on);
grant select, insert, update on meeting_record to linghang_county;
grant select on meeting_record to linghang_scoped;
call app.protect('meeting_record');
create policy scoped_read on meeting_record for select to linghang_scoped
  using (org_id = any ((select app.visible_orgs())::uuid[]));

-- What somebody has against a person during a public notice. Who raised it is known to those who decide, not to the
-- person it is about.
create table objection (
  id uuid primary key,
  county_id uuid not null,
  org_id uuid not null,
  case_id uuid not null,
  content text not null,
  raised_by uuid,
  raised_on date not null,
  answer text,
  upheld boolean,
  decided_on date,
  decided_by uuid,
  foreign key (case_id, county_id) references development_case (id, county_id)
);
create index objection_of_case on objection (case_id);
grant select, insert, update on objection to linghang_county, linghang_scoped;
alter table objection enable row level security;
alter table objection force row level security;
create policy county_read on objection for select to linghang_county using (county_id = (select app.county()));
create policy county_insert on objection for insert to linghang_county with check (county_id = (select app.county()));
create policy county_update on objection for update to linghang_county using (county_id = (select app.county()))
  with check (county_id = (select app.county()));
create policy scoped_read on objection for select to linghang_scoped
  using (org_id = any ((select app.visible_orgs())::uuid[]) or raised_by = (select app.account()));
-- Anybody of the unit may object, by themselves and in their own name.
create policy scoped_insert on objection for insert to linghang_scoped
  with check (county_id = (select app.county()) and raised_by = (select app.account()) and org_id = (select app.own_org())
    or org_id = any ((select app.writable_orgs())::uuid[]));
create policy scoped_update on objection for update to linghang_scoped
  using (org_id = any ((select app.writable_orgs())::uuid[])) with check (org_id = any ((select app.writable_orgs())::uuid[]));

-- A public notice (公示) while it hangs and after: what the unit's people may read, and nothing more than that (S2-11).
create table public_notice (
  id uuid primary key,
  county_id uuid not null,
  org_id uuid not null,
  case_id uuid not null,
  step text not null,
  name text not null,
  starts_on date not null,
  ends_on date not null,
  working_days int not null,
  provisional boolean not null,
  closed_on date,
  cancelled boolean not null default false,
  foreign key (case_id, county_id) references development_case (id, county_id)
);
create index public_notice_of_organisation on public_notice (org_id, ends_on, id);
create unique index public_notice_open on public_notice (case_id) where closed_on is null and not cancelled;
grant select, insert, update on public_notice to linghang_county, linghang_scoped;
call app.protect('public_notice');
create policy scoped_read on public_notice for select to linghang_scoped
  using (org_id = any ((select app.visible_orgs())::uuid[]) or org_id = (select app.own_org()));

-- The development plan (发展计划清单) of a branch, open to its own people: name, stage and since when, and before when the
-- next stage cannot come. Not the step: from its day the political review's could be told.
-- Security definer: members of a branch see this much of each other and not a word more.
create function app.development_plan(orgs uuid[]) returns table (case_id uuid, org_id uuid, name text, stage text, since date, not_before date)
language sql stable security definer set search_path = public, pg_temp as $$
  select c.id, c.org_id, m.name, c.stage,
    case c.stage when 'APPLICATION' then m.applied_on when 'ACTIVIST' then m.activist_since when 'PROBATION' then m.joined_on else m.candidate_since end,
    case c.stage when 'ACTIVIST' then m.activist_since + interval '12 months' when 'PROBATION' then m.joined_on + interval '12 months' end
  from development_case c join member m on m.id = c.member_id
  where c.phase = 'OPEN' and c.org_id = any (orgs)
    and c.county_id = nullif(current_setting('app.county_id', true), '')::uuid
    and (current_setting('role') = 'linghang_county'
      or c.org_id = any ((select app.orgs_under(current_setting('app.read_grants', true)))::uuid[])
      or c.org_id = nullif(current_setting('app.own_org_id', true), '')::uuid)
$$;
alter function app.development_plan(uuid[]) owner to linghang_paths;
grant select on development_case, member to linghang_paths;

-- Who decides for a branch: the nearest organisation above it with the power to approve, and the one above that. A
-- branch does not see its superiors; it may know whom to report to.
create function app.deciders_of(branch uuid, powers text[]) returns table (id uuid, distance int)
language sql stable security definer set search_path = public, pg_temp as $$
  select s.id, nlevel(n.path) - nlevel(s.path)
  from org_node n join org_node s on s.path @> n.path and s.id <> n.id and s.kind = any (powers)
  where n.id = branch and n.county_id = nullif(current_setting('app.county_id', true), '')::uuid
  order by 2 limit 2
$$;
alter function app.deciders_of(uuid, text[]) owner to linghang_paths;

-- What a county asks beyond the national rules; a new policy is a new row.
create table development_policy (
  id uuid primary key,
  county_id uuid not null,
  effective_from date not null,
  policy jsonb not null,
  set_by uuid,
  set_at timestamptz not null,
  unique (county_id, effective_from)
);
grant select, insert on development_policy to linghang_county;
grant select on development_policy to linghang_scoped;
alter table development_policy enable row level security;
alter table development_policy force row level security;
create policy county_read on development_policy for select to linghang_county, linghang_scoped using (county_id = (select app.county()));
create policy county_insert on development_policy for insert to linghang_county with check (county_id = (select app.county()));

-- Everybody who was here before there were cases is told of again: people in mid-course are adopted when they are heard
-- of, and the org service learns who is a full member.
do $$
declare
  people uuid[];
begin
  for people in select array_agg(id) from member group by county_id loop
    call app.tell_of_members(people, 'members.member.changed.v1', null);
  end loop;
end $$;
