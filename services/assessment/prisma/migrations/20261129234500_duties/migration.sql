-- What every version of a record has said was still to be done, and by when: in time or late shows only by two of them. Each
-- is kept, since one that comes late may belong between two that are there.
create table duty_told (
  county_id uuid not null,
  told_as text not null,
  source_id uuid not null,
  version bigint not null,
  org_id uuid not null,
  -- The day on which what it says had happened.
  happened_on date not null,
  -- Whether nothing is to be done any more, and nothing of it was.
  dropped boolean not null,
  open jsonb not null,
  primary key (county_id, told_as, source_id, version)
);
grant select, insert on duty_told to linghang_county;
call app.protect('duty_told');
create policy scoped_read on duty_told for select to linghang_scoped using (org_id = any ((select app.visible_orgs())::uuid[]));
create trigger append_only before update or delete on duty_told for each row execute function app.refuse_change();
