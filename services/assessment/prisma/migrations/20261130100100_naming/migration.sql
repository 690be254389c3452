-- Who asked not to be named on boards (不公布姓名), and what the county has answered: until then, and where it is granted, they stand
-- on none. Written by whom it concerns, with the county's rights, once the use case has asked; no office but the county's
-- reads it.
create table naming_request (
  id uuid primary key,
  county_id uuid not null,
  -- Where the person belonged when they asked.
  org_id uuid not null,
  member_id uuid not null,
  reason text check (char_length(reason) between 1 and 500),
  state text not null check (state in ('WAITING', 'GRANTED', 'REFUSED', 'WITHDRAWN')),
  asked_on date not null,
  asked_at timestamptz not null,
  answer_by date not null check (answer_by between asked_on and asked_on + 30),
  answered_on date,
  answer text check (char_length(answer) between 1 and 500),
  answered_by uuid,
  answered_at timestamptz,
  withdrawn_on date,
  check (state in ('WAITING', 'WITHDRAWN') or answered_on is not null),
  check (state <> 'REFUSED' or answer is not null),
  check ((state = 'WITHDRAWN') = (withdrawn_on is not null))
);
create unique index naming_request_standing on naming_request (county_id, member_id) where state in ('WAITING', 'GRANTED');
create index naming_request_of on naming_request (county_id, member_id, id);
create index naming_request_due on naming_request (county_id, answer_by, id);
grant select, insert on naming_request to linghang_county;
grant update (state, answered_on, answer, answered_by, answered_at, withdrawn_on) on naming_request to linghang_county;
grant select on naming_request to linghang_scoped;
call app.protect('naming_request');
create policy scoped_read on naming_request for select to linghang_scoped using (member_id = (select app.own_member()));
