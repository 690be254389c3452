-- Until when the workflow of a watch sleeps at most, because it was begun with its first reminder ahead; null: it is awake.
alter table watched_subject add column sleeps_until timestamptz;
