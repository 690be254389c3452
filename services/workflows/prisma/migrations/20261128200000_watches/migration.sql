-- What is watched is a watch, whatever kind of thing it is: the table has the name that the code and the operators use.
alter table watched_subject rename to watch;
alter table watch rename constraint watched_subject_pkey to watch_pkey;
alter table watch rename constraint watched_subject_state_check to watch_state_check;
alter index watched_subject_untold rename to watch_untold;
