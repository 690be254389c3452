-- For how long scores wait is watched by the service itself: of whom and what it does not see.
grant select (seq, told_at) on touched to linghang_service;
