-- A date may be about a talk that a board has led to, or about a request not to be named on one: the assessment service keeps both.
alter table deadline drop constraint deadline_subject_type_check;
alter table deadline add constraint deadline_subject_type_check
  check (subject_type in
    ('MEMBER', 'ORGANISATION', 'APPROVAL', 'SPENDING', 'ELECTION', 'APPEAL', 'BOARD_TALK', 'NAMING_REQUEST'));
