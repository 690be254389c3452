-- A date may be about a request to spend dues, which the dues service keeps.
alter table deadline drop constraint deadline_subject_type_check;
alter table deadline add constraint deadline_subject_type_check
  check (subject_type in ('MEMBER', 'ORGANISATION', 'APPROVAL', 'SPENDING'));
