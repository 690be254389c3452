-- Before when the next stage cannot come, under the rules that hold for the case: the county may ask for longer, and
-- probation may have been extended. The case says it; the plan no longer reckons by itself.
alter table development_case add column not_before date;
update development_case c set not_before = case c.stage when 'ACTIVIST' then m.activist_since + interval '12 months'
    when 'PROBATION' then m.joined_on + interval '12 months' end
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
