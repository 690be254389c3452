-- Of which sheet a member is told that its score is another one now; each version once.
alter table personal_reminder add column sheet_id uuid;
create unique index personal_reminder_of_sheet on personal_reminder (sheet_id, version);
