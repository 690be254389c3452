-- Where a county has set by which day of the month a theme day should have been held, the month of each branch, until a
-- meeting or a reason closes it. What was opened stays.
create table theme_day (
  id uuid primary key,
  county_id uuid not null,
  org_id uuid not null,
  month date not null check (extract(day from month) = 1),
  due_on date not null,
  closed_by text check (closed_by in ('MEETING', 'REASON')),
  meeting_id uuid,
  reason text check (char_length(reason) between 1 and 200),
  reason_by uuid,
  version bigint not null,
  unique (org_id, month),
  foreign key (org_id, county_id) references organisation (id, county_id),
  check ((closed_by is not distinct from 'MEETING') = (meeting_id is not null)),
  check (closed_by is distinct from 'REASON' or reason is not null)
);
grant select, insert, update on theme_day to linghang_county, linghang_scoped;
call app.protect('theme_day');
create policy scoped_read on theme_day for select to linghang_scoped using (org_id = any ((select app.visible_orgs())::uuid[]));

-- The service asks which counties have decided something, to go through them.
grant select on life_settings to linghang_service;
create policy service_looks on life_settings for select to linghang_service using (true);
