-- From which day dues are owed: that of the assembly which admitted (党费规定 2008, art. 8), whenever the approval came.
alter table dues_record add column owes_since date;
