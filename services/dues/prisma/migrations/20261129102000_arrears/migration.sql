-- After how many months without dues what follows, where the county decides otherwise than is commonly done.
alter table dues_settings
  add column yellow_after integer not null default 1,
  add column red_after integer not null default 2,
  add column talk_after integer not null default 3,
  add column warn_after integer not null default 5,
  add constraint dues_settings_ladder check (
    1 <= yellow_after and yellow_after <= red_after and red_after <= talk_after and talk_after <= warn_after and warn_after <= 5);

-- Who has not paid: since which month, and how many whole months. It ends with the last open month and is kept.
create table dues_arrears (
  id uuid primary key,
  county_id uuid not null,
  org_id uuid not null,
  member_id uuid not null,
  since_month date not null check (extract(day from since_month) = 1),
  months integer not null check (months >= 0),
  opened_on date not null,
  -- Six months in a row: opened at the branch once, whatever is paid afterwards.
  matter_on date,
  closed_on date,
  version bigint not null default 1,
  unique (id, county_id),
  check ((closed_on is null) = (months > 0))
);
create unique index dues_arrears_open on dues_arrears (member_id) where closed_on is null;
create index dues_arrears_of_organisation on dues_arrears (org_id, member_id);
create index dues_arrears_of_member on dues_arrears (member_id, opened_on);

-- What the branch did about it: asked, heard, and decided in a meeting. Why somebody did not pay is sealed.
create table dues_arrears_step (
  arrears_id uuid not null,
  n integer not null,
  county_id uuid not null,
  org_id uuid not null,
  member_id uuid not null,
  kind text not null check (kind in ('TALK', 'DECISION')),
  held_on date not null,
  good_reason boolean,
  outcome text check (outcome in ('EXCUSED', 'DEADLINE_SET', 'TO_BE_REMOVED')),
  record_number text,
  reason_sealed bytea not null,
  recorded_by uuid,
  recorded_at timestamptz not null,
  primary key (arrears_id, n),
  foreign key (arrears_id, county_id) references dues_arrears (id, county_id),
  check ((kind = 'TALK') = (good_reason is not null)),
  check ((kind = 'DECISION') = (outcome is not null and record_number is not null))
);

grant select, insert, update on dues_arrears to linghang_county;
grant select, insert on dues_arrears_step to linghang_county;
grant select on dues_arrears, dues_arrears_step to linghang_scoped;
do $$
declare
  target text;
begin
  foreach target in array array['dues_arrears', 'dues_arrears_step'] loop
    execute format('alter table %I enable row level security', target);
    execute format('alter table %I force row level security', target);
    execute format('create policy county_read on %I for select to linghang_county using (county_id = (select app.county()))', target);
    execute format('create policy county_insert on %I for insert to linghang_county with check (county_id = (select app.county()))', target);
    execute format('create policy scoped_read on %I for select to linghang_scoped using (org_id = any ((select app.visible_orgs())::uuid[]) or member_id = (select app.own_member()))', target);
  end loop;
end $$;
create policy county_update on dues_arrears for update to linghang_county using (county_id = (select app.county())) with check (county_id = (select app.county()));
create trigger append_only before update or delete on dues_arrears_step for each row execute function app.refuse_change();
create trigger never_emptied before truncate on dues_arrears_step for each statement execute function app.refuse_change();
