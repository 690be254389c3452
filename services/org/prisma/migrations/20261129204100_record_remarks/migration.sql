-- What whoever is above a branch says of the record of a closed meeting (上级意见), and what the branch answers.
create table record_remark (
  id uuid primary key,
  county_id uuid not null,
  org_id uuid not null,
  meeting_id uuid not null,
  text text not null check (char_length(text) between 1 and 1000),
  -- By when the superior wants the answer; null where it has set no day.
  due_on date,
  state text not null check (state in ('OPEN', 'ANSWERED', 'SETTLED')),
  said_by uuid,
  said_on date not null,
  -- The working day on which the branch hears of it.
  heard_on date not null,
  said_at timestamptz not null,
  settled_by uuid,
  settled_at timestamptz,
  settled_note text check (char_length(settled_note) between 1 and 500),
  version bigint not null,
  unique (id, county_id),
  foreign key (meeting_id, county_id) references meeting (id, county_id),
  check (due_on >= said_on),
  check ((state = 'SETTLED') = (settled_at is not null)),
  check (settled_at is not null or num_nonnulls(settled_by, settled_note) = 0)
);
create index record_remark_of on record_remark (meeting_id, id);
create index record_remark_open on record_remark (org_id, meeting_id) where state <> 'SETTLED';

create table record_remark_answer (
  remark_id uuid not null,
  n int not null check (n between 1 and 20),
  county_id uuid not null,
  org_id uuid not null,
  text text not null check (char_length(text) between 1 and 1000),
  answered_by uuid,
  answered_at timestamptz not null,
  primary key (remark_id, n),
  foreign key (remark_id, county_id) references record_remark (id, county_id)
);

do $$
declare
  part text;
begin
  foreach part in array array['record_remark', 'record_remark_answer'] loop
    execute format('call app.protect(%L)', part);
    execute format('create policy scoped_read on %I for select to linghang_scoped
      using (org_id = any ((select app.visible_orgs())::uuid[]))', part);
    execute format('create trigger never_deleted before delete on %I for each row execute function app.refuse_change()', part);
  end loop;
end $$;
grant select, insert, update on record_remark to linghang_county, linghang_scoped;
grant select, insert on record_remark_answer to linghang_county, linghang_scoped;
create trigger answer_stays before update on record_remark_answer for each row execute function app.refuse_change();

-- What a branch still has to answer or to mend after its meetings is told as one, counted up each time that it is told.
create table follow_up (
  id uuid primary key,
  county_id uuid not null,
  org_id uuid not null unique,
  told bigint not null,
  foreign key (org_id, county_id) references organisation (id, county_id)
);
grant select, insert, update on follow_up to linghang_county, linghang_scoped;
call app.protect('follow_up');
create policy scoped_read on follow_up for select to linghang_scoped using (org_id = any ((select app.visible_orgs())::uuid[]));
create index criticism_measure_open on criticism_measure (org_id, due_on) where done_on is null;
