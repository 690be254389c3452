-- A county tries one pack at a time: of two that were begun at once the database takes one. Where two ran before, the older is
-- ended as it stands, or neither would come to its end.
alter table dry_run no force row level security;
update dry_run older set state = 'DONE', ended_at = now()
where state = 'RUNNING' and exists (
  select from dry_run newer where newer.county_id = older.county_id and newer.state = 'RUNNING' and newer.id > older.id);
alter table dry_run force row level security;
create unique index dry_run_running on dry_run (county_id) where state = 'RUNNING';
