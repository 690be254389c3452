-- The rest of organisational life (支部工作条例 arts. 16 to 18), meetings of discipline committees and joint activities.
alter table meeting drop constraint meeting_kind_check;
alter table meeting add constraint meeting_kind_check check (kind in ('BRANCH_COMMITTEE', 'BRANCH_ASSEMBLY',
  'GROUP_MEETING', 'CLASS', 'THEME_DAY', 'CRITICISM_MEETING', 'APPRAISAL_MEETING', 'COMMITTEE', 'DISCIPLINE_COMMITTEE',
  'MEMBER_ASSEMBLY', 'CONGRESS', 'JOINT_ACTIVITY'));

alter table meeting_resolution drop constraint meeting_resolution_matter_check;
alter table meeting_resolution add constraint meeting_resolution_matter_check check (matter in ('ACTIVIST', 'CANDIDATE',
  'EXAMINATION', 'ADMISSION', 'CONVERSION', 'EXTENSION', 'CANCELLATION', 'SPENDING', 'ELECTION', 'DISPOSAL', 'PENALTY',
  'COMMENDATION', 'REPORT', 'OTHER'));
alter table meeting_resolution drop constraint meeting_resolution_subject;
alter table meeting_resolution add constraint meeting_resolution_subject
  check (matter in ('SPENDING', 'COMMENDATION', 'REPORT', 'OTHER') or member_id is not null);

-- Whether nobody was named and everybody on the register belongs to the meeting, where its kind leaves that open.
alter table meeting_version add column everybody boolean not null default false;
