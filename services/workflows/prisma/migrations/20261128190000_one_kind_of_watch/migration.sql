-- A kind of process is a folder that says what is watched: the table knows no list of kinds. Ids of workflows begin with
-- the kind. People were watched before they had cases; what is left of them has ended.
alter table watched_subject drop constraint watched_subject_type_check;
alter table watched_subject rename column type to kind;
alter table watched_subject add column comes_back boolean not null default true;
update watched_subject set comes_back = false, state = case when deadlines = '[]' then 'ENDED' else state end,
  ladders = case when kind = 'ORGANISATION'
    then '{"TERM_ENDS": ["YEAR_AHEAD", "HALF_YEAR_AHEAD", "QUARTER_AHEAD", "MONTH_AHEAD", "OVERDUE"]}'::jsonb else ladders end
  where kind in ('ORGANISATION', 'MEMBER');
update watched_subject set kind = case kind when 'ORGANISATION' then 'TERM_OF_OFFICE' when 'CASE' then 'DEVELOPMENT' else kind end;
-- Workflows of another name than before are begun for all that is open; reminders are not repeated.
update watched_subject set told_version = 0, sleeps_until = null where state = 'OPEN';
