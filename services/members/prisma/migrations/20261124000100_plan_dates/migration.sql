-- Before when the next stage cannot come, under the rules that hold for the case: the county may ask for longer, and
-- probation may have been extended. The case says it; the plan no longer reckons by itself.
alter table development_case add column not_before date;
update development_case c set not_before = case c.stage when 'ACTIVIST' then m.activist_since + interval '12 months'
    when 'PROBATION' then greatest(m.joined_on + interval '12 months', (select max((f.data -> 'evidence' ->> 'extendedTo')::date)
      from development_fact f where f.case_id = c.id and f.data ->> 'step' = 'CONVERSION_APPROVAL')) end
  from member m where m.id = c.member_id and c.phase = 'OPEN' and c.stage in ('ACTIVIST', 'PROBATION');

create or replace function app.development_plan(orgs uuid[]) returns table (case_id uuid, org_id uuid, name text, stage text, since date, not_before date)
language sql stable security definer set search_path = public, pg_temp as $$
  select c.id, c.org_id, m.name, c.stage,
    case c.stage when 'APPLICATION' then m.applied_on when 'ACTIVIST' then m.activist_since when 'PROBATION' then m.joined_on else m.candidate_since end,
    c.not_before
  from development_case c join member m on m.id = c.member_id
  where c.phase = 'OPEN' and c.org_id = any (orgs)
    and c.county_id = nullif(current_setting('app.county_id', true), '')::uuid
    and (current_setting('role') = 'linghang_county'
      or c.org_id = any ((select app.orgs_under(current_setting('app.read_grants', true)))::uuid[])
      or c.org_id = nullif(current_setting('app.own_org_id', true), '')::uuid)
$$;

-- What counties had set before is taken up now by the cases it holds for.
insert into outbox_event (county_id, type, subject, key, data)
select p.county_id, 'members.policy.set.v1', p.county_id::text, p.county_id || '/' || p.county_id,
  jsonb_build_object('effectiveFrom', p.effective_from, 'after', null)
from development_policy p order by p.county_id, p.effective_from;
