-- Whether the request's county has the committee meet for it, though the regulation leaves that open.
alter table approval add column meeting_wanted boolean not null default false;
