-- What fell due at an office in a month, done or not: the indexes of before hold what is open.
create index deadline_of_month on deadline (office_org_id, due_on) where nature = 'LATEST';
