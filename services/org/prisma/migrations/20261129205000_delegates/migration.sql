-- Delegates to a congress are elected as committees are, beside an election of the organisation's own committee.
alter table election drop constraint election_kind_check;
alter table election add constraint election_kind_check check (kind in ('TERM', 'LATE', 'EARLY', 'BY_ELECTION',
  'CO_OPTION', 'DELEGATES'));
drop index election_under_way;
create unique index election_under_way on election (org_id, (kind = 'DELEGATES')) where phase = 'OPEN';
