-- Times in which a person was not in the register (离册): ended because the leaving had been recorded by mistake, or
-- because the person has come back. The file is the same one before and after.
create table member_absence (
  id uuid primary key default uuidv7(),
  county_id uuid not null,
  org_id uuid not null,
  member_id uuid not null references member (id),
  left_on date not null,
  left_reason text,
  ended_on date not null,
  ended_by text not null check (ended_by in ('UNDONE', 'RETURNED')),
  end_reason text
);
create index member_absence_of_member on member_absence (member_id, id);
grant select, insert on member_absence to linghang_county, linghang_scoped;
call app.protect('member_absence');
-- Whoever reads the file reads when it was laid aside.
create policy scoped_read on member_absence for select to linghang_scoped
  using (exists (select from member m where m.id = member_id));

-- Somebody who left and comes back at a branch that does not see where they were before: the file moves there, so that
-- the writer finds it, and nothing else of it changes. Security definer: it reaches past the writer's own organisations,
-- for people alone who are in no register today, and into organisations alone whose register the writer keeps.
create function app.take_back_member(hash bytea, into_org uuid) returns uuid
language sql volatile security definer set search_path = public, pg_temp as $$
  update member m set org_id = into_org
  where m.county_id = nullif(current_setting('app.county_id', true), '')::uuid and m.id_number_hash = hash and m.left_on is not null
    and (current_setting('role') = 'linghang_county' or into_org = any ((select app.writable_orgs())::uuid[]))
  returning m.id
$$;
grant select, update (org_id) on member to linghang_paths;
alter function app.take_back_member(bytea, uuid) owner to linghang_paths;

-- Whoever asks for somebody by the whole ID number is told of people alone whom they see. Both answers take the same
-- steps: the organisations are told first, and a file that is not the caller's to see is read as one that is not there.
create function app.member_by_id_number(hash bytea) returns uuid
language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
  seen uuid[] := app.visible_orgs();
  whole boolean := current_setting('role') = 'linghang_county';
  held record;
begin
  select m.id, m.org_id into held from member m
  where m.county_id = nullif(current_setting('app.county_id', true), '')::uuid and m.id_number_hash = hash;
  return case when whole or held.org_id = any (seen) then held.id end;
end $$;
alter function app.member_by_id_number(bytea) owner to linghang_paths;

-- How often an account has lately looked for or at whole ID numbers: what is counted is forgotten after a day.
create table id_number_look (
  id uuid primary key default uuidv7(),
  county_id uuid not null,
  account_id uuid not null,
  looked_at timestamptz not null
);
create index id_number_look_of_account on id_number_look (county_id, account_id, looked_at);
grant select, insert, delete on id_number_look to linghang_county, linghang_scoped;
alter table id_number_look enable row level security;
alter table id_number_look force row level security;
create policy own on id_number_look for all to linghang_county, linghang_scoped
  using (county_id = (select app.county()) and account_id = (select app.account()))
  with check (county_id = (select app.county()) and account_id = (select app.account()));
