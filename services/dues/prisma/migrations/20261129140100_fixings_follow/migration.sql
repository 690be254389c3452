-- What is fixed for somebody is where they are: in the statement that moves their record, so that the branch which they have
-- left sees no more of it and the new one at once goes on with it.
create function app.lines_follow_record() returns trigger language plpgsql as $$
begin
  update dues_fixing_line set org_id = new.org_id where member_id = new.member_id and org_id <> new.org_id;
  return null;
end $$;
create trigger lines_follow after update of org_id on dues_record
  for each row when (old.org_id <> new.org_id) execute function app.lines_follow_record();
