-- Which other open watches are of one subject: a date that one of them closes may be named by another.
create index watch_of_subject on watch (subject_id) where state = 'OPEN';
