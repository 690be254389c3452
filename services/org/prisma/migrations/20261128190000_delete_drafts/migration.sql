-- A draft that was begun by mistake goes whole; whatever was closed once is evidence and stays.
create or replace function app.guard_meeting_version() returns trigger language plpgsql as $$
begin
  if old.closed_at is not null or (tg_op = 'DELETE' and old.version <> 1) then
    raise exception 'a closed meeting is immutable: % of version % refused', tg_op, old.version
      using errcode = 'integrity_constraint_violation';
  end if;
  if tg_op = 'DELETE' then return old; end if;
  return new;
end $$;

create or replace function app.guard_meeting() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' then
    if old.state = 'DRAFT' then return old; end if;
    raise exception 'a closed meeting stays' using errcode = 'integrity_constraint_violation';
  end if;
  if (old.id, old.county_id, old.org_id, old.kind, old.recorded_by, old.recorded_at)
    is distinct from (new.id, new.county_id, new.org_id, new.kind, new.recorded_by, new.recorded_at) then
    raise exception 'a meeting keeps its organisation and its kind' using errcode = 'integrity_constraint_violation';
  end if;
  if (old.state = 'CLOSED' or new.state = 'CLOSED') and not (
    new.state = 'CLOSED' and new.version = case old.state when 'CLOSED' then old.version + 1 else old.version end
    and exists (select from meeting_version v where v.meeting_id = new.id and v.version = new.version
      and v.held_on = new.held_on and v.closed_at is not null)
  ) then
    raise exception 'a closed meeting is immutable: it takes a new version' using errcode = 'integrity_constraint_violation';
  end if;
  return new;
end $$;

do $$
declare
  part text;
begin
  foreach part in array array['meeting', 'meeting_version'] loop
    execute format('create policy county_delete on %I for delete to linghang_county using (county_id = (select app.county()))', part);
    execute format('create policy scoped_delete on %I for delete to linghang_scoped using (org_id = any ((select app.writable_orgs())::uuid[]))', part);
    execute format('grant delete on %I to linghang_county, linghang_scoped', part);
  end loop;
end $$;
