-- One upload to an import at a time: whoever sends a part of a file shows the token of the upload that it belongs to.
alter table roster_import add column upload_token uuid, add column upload_until timestamptz;
-- How often a worker has taken the import up without a step forward since: one that kills whoever reads it is not tried for ever.
alter table roster_import add column claims int not null default 0;
-- Rows that were refused while the others were taken over.
alter table roster_import add column refused int not null default 0;
alter table roster_import drop constraint roster_import_state_check;
alter table roster_import add constraint roster_import_state_check check (state in
  ('AWAITING_FILE', 'UPLOADED', 'PREVIEWING', 'PREVIEWED', 'COMMITTING', 'COMMITTED', 'FAILED', 'WITHDRAWN'));
