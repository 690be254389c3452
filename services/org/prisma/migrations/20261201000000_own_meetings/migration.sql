-- A point of somebody's score rests on a meeting, and whoever is scored answers for it: a closed meeting is theirs to open
-- where its version that counts names them, and of who belonged to it their own line alone. What was said there, its
-- earlier versions and everybody else stay with the offices. As a set of pairs the condition is worked out once a
-- statement and not once a meeting, whichever policy is asked first.
create policy own_read on meeting_person for select to linghang_scoped using (member_id = (select app.own_member()));
create policy own_read on meeting for select to linghang_scoped using (
  state = 'CLOSED' and (id, version) in (
    select p.meeting_id, p.version from meeting_person p
    where p.county_id = (select app.county()) and p.member_id = (select app.own_member())));
