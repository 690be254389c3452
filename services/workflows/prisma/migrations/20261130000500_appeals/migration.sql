-- A date may be about an appeal against a score, which the assessment service keeps.
alter table deadline drop constraint deadline_subject_type_check;
alter table deadline add constraint deadline_subject_type_check
  check (subject_type in ('MEMBER', 'ORGANISATION', 'APPROVAL', 'SPENDING', 'ELECTION', 'APPEAL'));

-- Of which appeal a member is told; each time once.
alter table personal_reminder add column appeal_id uuid;
create unique index personal_reminder_of_appeal on personal_reminder (appeal_id, version);
