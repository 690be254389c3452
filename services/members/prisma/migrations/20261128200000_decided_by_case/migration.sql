-- The register says itself that a case decides where somebody stands, so that it need not know of cases: kept by development
-- whenever it writes a case.
alter table member add column decided_by_case boolean not null default false;
update member m set decided_by_case = true
where exists (select from development_case c join development_fact f on f.case_id = c.id
  where c.county_id = m.county_id and c.member_id = m.id and c.phase = 'OPEN' and f.type in ('OPENED', 'STEP_DONE', 'STEP_REOPENED'));
