-- What offices have written down since no service knows it: each correction is a new version, and so is taking it back.
create table recorded_fact (
  id uuid not null,
  version int not null,
  county_id uuid not null,
  org_id uuid not null,
  subject_type text not null check (subject_type in ('MEMBER', 'ORGANISATION')),
  subject_id uuid not null,
  kind text not null,
  day date not null,
  quantity int not null check (quantity > 0),
  attributes jsonb not null,
  -- One piece of evidence and no more (R6).
  evidence text not null,
  reason text,
  withdrawn boolean not null,
  written_by uuid,
  written_at timestamptz not null,
  primary key (id, version),
  check ((reason is null) = (version = 1))
);
create index recorded_fact_of_subject on recorded_fact (county_id, subject_id);
grant select, insert on recorded_fact to linghang_county, linghang_scoped;
call app.protect('recorded_fact');
create policy scoped_read on recorded_fact for select to linghang_scoped
  using (org_id = any ((select app.visible_orgs())::uuid[]) or (subject_type = 'MEMBER' and subject_id = (select app.own_member())));
create trigger append_only before update or delete on recorded_fact for each row execute function app.refuse_change();

-- Who is not counted as the others are, why and for which days, as their branches have decided (R10).
create table exemption (
  id uuid primary key,
  county_id uuid not null,
  org_id uuid not null,
  member_id uuid not null,
  reason text not null check (reason in ('OLD', 'ILL', 'NEW', 'FLOATING', 'SECONDED', 'ABROAD')),
  from_day date not null,
  until_day date,
  decided_on date not null,
  basis text not null,
  end_reason text,
  decided_by uuid,
  decided_at timestamptz not null,
  check (until_day >= from_day)
);
create index exemption_of_member on exemption (county_id, member_id);
grant select, insert, update on exemption to linghang_county, linghang_scoped;
call app.protect('exemption');
create policy scoped_read on exemption for select to linghang_scoped
  using (org_id = any ((select app.visible_orgs())::uuid[]) or member_id = (select app.own_member()));

-- Whoever decides on an exemption touches the person with it.
grant insert on touched to linghang_scoped;
