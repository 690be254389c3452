-- A date may be about an election, which the org service keeps.
alter table deadline drop constraint deadline_subject_type_check;
alter table deadline add constraint deadline_subject_type_check
  check (subject_type in ('MEMBER', 'ORGANISATION', 'APPROVAL', 'SPENDING', 'ELECTION'));
