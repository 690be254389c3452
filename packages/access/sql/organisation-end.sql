-- An organisation that has been dissolved or merged stays for what was done there; nothing new is done there.
alter table org_node add column ended_on date;

-- Of these ids those of organisations that have ended. The others do not end before the transaction does: who ends one waits
-- for whatever is being done there, and whatever comes after sees it ended.
create function app.ended_of(ids uuid[]) returns table (code text, ended_on date) language plpgsql as $$
begin
  perform pg_advisory_xact_lock_shared(hashtextextended('organisation/' || n.id, 0)) from org_node n where n.id = any (ids);
  return query select n.code, n.ended_on from org_node n where n.id = any (ids) and n.ended_on is not null order by n.id limit 1;
end $$;
