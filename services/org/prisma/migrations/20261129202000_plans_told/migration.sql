-- How often a plan was told of: whoever hears it takes what is newer.
alter table life_plan add column told bigint not null default 0;
