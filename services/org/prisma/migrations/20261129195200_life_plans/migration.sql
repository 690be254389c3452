-- What a county has decided of organisational life, from a day on; never changed, only followed by another.
create table life_settings (
  county_id uuid not null,
  effective_from date not null,
  -- On which day of the month the theme day is held; null where branches have their own.
  theme_day int check (theme_day between 1 and 28),
  -- By which day of the month it should have been held; null where nobody is warned.
  theme_day_by int check (theme_day_by between 1 and 28),
  plans_filed boolean not null,
  basis text not null,
  set_by uuid,
  set_at timestamptz not null,
  primary key (county_id, effective_from)
);
grant select, insert on life_settings to linghang_county;
grant select on life_settings to linghang_scoped;
alter table life_settings enable row level security;
alter table life_settings force row level security;
create policy county_read on life_settings for select to linghang_county, linghang_scoped using (county_id = (select app.county()));
create policy county_insert on life_settings for insert to linghang_county with check (county_id = (select app.county()));
create trigger append_only before update or delete on life_settings for each row execute function app.refuse_change();

-- What an organisation asks of itself and of those below it to study or do in a time.
create table life_theme (
  id uuid primary key,
  county_id uuid not null,
  org_id uuid not null,
  kind text check (kind in ('BRANCH_COMMITTEE', 'BRANCH_ASSEMBLY', 'GROUP_MEETING', 'CLASS', 'THEME_DAY', 'CRITICISM_MEETING', 'APPRAISAL_MEETING', 'COMMITTEE')),
  from_day date not null,
  until_day date not null,
  text text not null,
  basis text not null,
  given_by uuid,
  given_at timestamptz not null,
  withdrawn_at timestamptz,
  withdraw_reason text,
  foreign key (org_id, county_id) references organisation (id, county_id),
  check (until_day >= from_day),
  check ((withdrawn_at is null) = (withdraw_reason is null))
);
create index life_theme_of on life_theme (org_id, id desc);
grant select, insert, update on life_theme to linghang_county, linghang_scoped;
grant select on life_theme, organisation to linghang_paths;
call app.protect('life_theme');
create policy scoped_read on life_theme for select to linghang_scoped using (org_id = any ((select app.visible_orgs())::uuid[]));

-- What those above a branch have asked for, and the branch itself. Security definer: an inferior sees nothing of a superior
-- but what is addressed to it.
create function app.themes_for(org uuid, from_day date, until_day date)
returns table (id uuid, org_id uuid, org_name text, kind text, from_day date, until_day date, text text, basis text)
language sql stable security definer set search_path = public, pg_temp as $$
  select t.id, t.org_id, o.name, t.kind, t.from_day, t.until_day, t.text, t.basis
  from org_node own
  join org_node above on above.path @> own.path and above.county_id = own.county_id
  join life_theme t on t.org_id = above.id
  join organisation o on o.id = t.org_id
  where own.id = org and own.county_id = nullif(current_setting('app.county_id', true), '')::uuid
    and t.withdrawn_at is null and t.from_day <= themes_for.until_day and t.until_day >= themes_for.from_day
    and (current_setting('role') = 'linghang_county'
      or array[org] <@ (select app.orgs_under(current_setting('app.read_grants', true))))
  order by t.id desc
  limit 200
$$;
alter function app.themes_for(uuid, date, date) owner to linghang_paths;

-- What a development case has due, as the members service tells: a plan sees to it that a meeting comes in time.
create table case_due (
  case_id uuid primary key,
  county_id uuid not null,
  org_id uuid not null,
  member_id uuid not null,
  version bigint not null,
  open boolean not null,
  dates jsonb not null
);
create index case_due_at on case_due (org_id, case_id) where open;
grant select, insert, update on case_due to linghang_county;
grant select on case_due to linghang_scoped;
alter table case_due enable row level security;
alter table case_due force row level security;
create policy county_read on case_due for select to linghang_county using (county_id = (select app.county()));
create policy county_insert on case_due for insert to linghang_county with check (county_id = (select app.county()));
create policy county_update on case_due for update to linghang_county
  using (county_id = (select app.county())) with check (county_id = (select app.county()));
create policy scoped_read on case_due for select to linghang_scoped using (org_id = any ((select app.visible_orgs())::uuid[]));

-- A plan of organisational life (组织生活方案) of a month, a quarter or a year.
create table life_plan (
  id uuid primary key,
  county_id uuid not null,
  org_id uuid not null,
  every text not null check (every in ('MONTH', 'QUARTER', 'YEAR')),
  from_day date not null,
  until_day date not null,
  state text not null check (state in ('DRAFT', 'FILED')),
  theme_day int not null check (theme_day between 1 and 28),
  revision int not null,
  made_by uuid,
  made_at timestamptz not null,
  filed_at timestamptz,
  unique (org_id, every, from_day),
  unique (id, county_id),
  foreign key (org_id, county_id) references organisation (id, county_id),
  check (until_day > from_day),
  check ((state = 'FILED') = (filed_at is not null))
);
create index life_plan_of on life_plan (org_id, from_day desc, id desc);
grant select, insert, update on life_plan to linghang_county, linghang_scoped;
call app.protect('life_plan');
create policy scoped_read on life_plan for select to linghang_scoped using (org_id = any ((select app.visible_orgs())::uuid[]));

create table life_plan_entry (
  plan_id uuid not null,
  id uuid not null,
  county_id uuid not null,
  org_id uuid not null,
  kind text not null check (kind in ('BRANCH_COMMITTEE', 'BRANCH_ASSEMBLY', 'GROUP_MEETING', 'CLASS', 'THEME_DAY', 'CRITICISM_MEETING', 'APPRAISAL_MEETING', 'COMMITTEE')),
  on_day date not null,
  window_from date not null,
  window_until date not null,
  -- REGULAR comes back by the regulation, NEEDED is asked for by a date, OWN is the branch's wish.
  origin text not null check (origin in ('REGULAR', 'NEEDED', 'OWN')),
  article text not null,
  source text not null,
  certainty text not null,
  primary key (plan_id, id),
  foreign key (plan_id, county_id) references life_plan (id, county_id),
  check (on_day between window_from and window_until)
);
create table life_plan_topic (
  plan_id uuid not null,
  entry_id uuid not null,
  n int not null,
  county_id uuid not null,
  org_id uuid not null,
  text text not null,
  why text not null check (why in ('REGULATION', 'DEVELOPMENT', 'DUES', 'ELECTION', 'THEME', 'OWN')),
  member_id uuid,
  due_on date,
  article text not null,
  source text not null,
  certainty text not null,
  discussion text,
  primary key (plan_id, entry_id, n),
  foreign key (plan_id, entry_id) references life_plan_entry (plan_id, id)
);
do $$
declare
  part text;
begin
  foreach part in array array['life_plan_entry', 'life_plan_topic'] loop
    execute format('call app.protect(%L)', part);
    execute format('create policy scoped_read on %I for select to linghang_scoped using (org_id = any ((select app.visible_orgs())::uuid[]))', part);
    execute format('create policy county_delete on %I for delete to linghang_county using (county_id = (select app.county()))', part);
    execute format('create policy scoped_delete on %I for delete to linghang_scoped using (org_id = any ((select app.writable_orgs())::uuid[]))', part);
    execute format('grant select, insert, update, delete on %I to linghang_county, linghang_scoped', part);
  end loop;
end $$;
