-- Whoever holds the card of a floating member may pay at the inflow while away (党费规定 2008, art. 9): nothing is owed at home.
alter table dues_pause drop constraint dues_pause_kind_check;
alter table dues_pause add constraint dues_pause_kind_check check (kind in ('MEMBERSHIP_SUSPENDED', 'ABROAD', 'PAID_AT_INFLOW'));
