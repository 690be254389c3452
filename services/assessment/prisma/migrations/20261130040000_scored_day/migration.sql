-- Through which day a county has been scored: a day that is over makes what was to be done by it late, and nobody tells of that.
alter table scored_county add column day date;

grant select (day) on scored_county to linghang_service;

-- What is still to be done, by the day by which it is.
create index fact_now_open on fact_now (county_id, day) where attributes ->> 'outcome' = 'OPEN';
