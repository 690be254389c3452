-- A deduction that was confirmed, or not made, can be a proposal again.
alter table sheet_ruling drop constraint sheet_ruling_kind_check;
alter table sheet_ruling add constraint sheet_ruling_kind_check
  check (kind in ('CONFIRMED', 'DISMISSED', 'TAKEN_BACK', 'ADJUSTED'));

-- Deductions that wait for somebody to confirm them (R8), as the sheets say: kept, so that all of a county are found at once.
create table proposed_deduction (
  id uuid primary key,
  county_id uuid not null,
  org_id uuid not null,
  subject_type text not null check (subject_type in ('MEMBER', 'ORGANISATION')),
  subject_id uuid not null,
  period_from date not null,
  period_until date not null check (period_until >= period_from),
  line_key text not null check (char_length(line_key) between 1 and 300),
  indicator text not null,
  points int not null
);
create unique index proposed_deduction_of_line on proposed_deduction (county_id, subject_id, period_from, period_until, line_key);
create index proposed_deduction_at on proposed_deduction (county_id, org_id, id);
grant select, insert, delete on proposed_deduction to linghang_county;
grant select on proposed_deduction to linghang_scoped;
call app.protect('proposed_deduction');
create policy county_delete on proposed_deduction for delete to linghang_county using (county_id = (select app.county()));
create policy scoped_read on proposed_deduction for select to linghang_scoped
  using (org_id = any ((select app.visible_orgs())::uuid[]));

-- In how many working days a county hears and answers appeals.
create table appeal_settings (
  county_id uuid not null,
  effective_from date not null,
  hear_days int not null check (hear_days between 1 and answer_days),
  answer_days int not null check (answer_days between 1 and 20),
  basis text not null check (char_length(basis) between 1 and 200),
  set_by uuid,
  set_at timestamptz not null,
  primary key (county_id, effective_from)
);
grant select, insert on appeal_settings to linghang_county;
grant select on appeal_settings to linghang_scoped;
alter table appeal_settings enable row level security;
alter table appeal_settings force row level security;
create policy county_read on appeal_settings for select to linghang_county, linghang_scoped using (county_id = (select app.county()));
create policy county_insert on appeal_settings for insert to linghang_county with check (county_id = (select app.county()));
create trigger append_only before update or delete on appeal_settings for each row execute function app.refuse_change();

-- Appeals against lines of scores (评分申诉). Written by whom they concern, who holds no office: with the county's rights, once the
-- use case has asked. Points are hundredths.
create table appeal (
  id uuid primary key,
  county_id uuid not null,
  org_id uuid not null,
  subject_type text not null check (subject_type in ('MEMBER', 'ORGANISATION')),
  subject_id uuid not null,
  period_from date not null,
  period_until date not null check (period_until >= period_from),
  line_key text not null check (char_length(line_key) between 1 and 300),
  state text not null check (state in ('OPEN', 'HEARD', 'ANSWERED', 'WITHDRAWN')),
  outcome text check (outcome in ('UPHELD', 'REJECTED')),
  proposed int not null,
  basis jsonb not null,
  points int,
  deciding_org_id uuid not null,
  opened_on date not null,
  hear_by date not null check (hear_by >= opened_on),
  answer_by date not null check (answer_by between hear_by and opened_on + 30),
  answered_on date,
  round int not null check (round > 0),
  steps int not null check (steps > 0),
  version bigint not null,
  unique (id, county_id),
  check ((state = 'ANSWERED') = (outcome is not null)),
  check ((state = 'ANSWERED') = (answered_on is not null)),
  check (points is null or outcome = 'UPHELD')
);
create index appeal_of_line on appeal (county_id, subject_id, period_from, period_until, line_key, id);
-- Two at once against one line are one too many.
create unique index appeal_open on appeal (county_id, subject_id, period_from, period_until, line_key) where state in ('OPEN', 'HEARD');
create index appeal_waiting on appeal (deciding_org_id, answer_by, id) where state in ('OPEN', 'HEARD');

create table appeal_step (
  appeal_id uuid not null,
  n int not null check (n > 0),
  county_id uuid not null,
  org_id uuid not null,
  kind text not null check (kind in ('OPENED', 'HEARD', 'PASSED_UP', 'UPHELD', 'REJECTED', 'WITHDRAWN', 'REOPENED')),
  on_day date not null,
  text text not null check (char_length(text) <= 500),
  heard_by text check (char_length(heard_by) between 1 and 100),
  points int,
  deciding_org_id uuid not null,
  done_by uuid,
  done_at timestamptz not null,
  primary key (appeal_id, n),
  foreign key (appeal_id, county_id) references appeal (id, county_id),
  check ((kind = 'HEARD') = (heard_by is not null))
);
grant select, insert, update on appeal to linghang_county;
grant select on appeal to linghang_scoped;
grant select, insert on appeal_step to linghang_county;
grant select on appeal_step to linghang_scoped;
call app.protect('appeal');
call app.protect('appeal_step');
create policy scoped_read on appeal for select to linghang_scoped
  using (org_id = any ((select app.visible_orgs())::uuid[])
    or (subject_type = 'MEMBER' and subject_id = (select app.own_member())));
create policy scoped_read on appeal_step for select to linghang_scoped
  using (exists (select from appeal a where a.id = appeal_step.appeal_id));
create trigger never_deleted before delete on appeal for each row execute function app.refuse_change();
create trigger append_only before update or delete on appeal_step for each row execute function app.refuse_change();
