-- A temporary branch (临时党支部) is set up for a task, with its last day: it ends by itself behind it (支部工作条例, art. 8).
alter table organisation add column ends_on date;
create index organisation_temporary on organisation (county_id, ends_on) where ended_on is null and ends_on is not null;
alter table organisation_change add column ends_on date;
