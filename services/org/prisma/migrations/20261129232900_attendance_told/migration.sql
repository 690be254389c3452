-- How often it was told who came to a closed meeting, each time as a newer version: with each version of the meeting, and when
-- the branch confirms that somebody has made it up. No row: never yet, of what was closed before this was told.
create table meeting_told (
  meeting_id uuid primary key,
  county_id uuid not null,
  org_id uuid not null,
  told int not null,
  unique (meeting_id, county_id),
  foreign key (meeting_id, county_id) references meeting (id, county_id)
);
grant select, insert, update on meeting_told to linghang_county, linghang_scoped;
call app.protect('meeting_told');
create policy scoped_read on meeting_told for select to linghang_scoped using (org_id = any ((select app.visible_orgs())::uuid[]));
create index meeting_closed on meeting (county_id, id) where state = 'CLOSED';
