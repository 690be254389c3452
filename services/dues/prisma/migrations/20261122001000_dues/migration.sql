-- What is needed to work out a person's dues (党费计算基数), opened by their entry in the register.
create table dues_record (
  member_id uuid primary key,
  county_id uuid not null,
  org_id uuid not null,
  kind text not null,
  category text,
  base_fen bigint,
  -- Only probationary and full members owe dues (党费规定 2008, art. 8: from the day the assembly admits).
  owes boolean not null,
  complete boolean not null,
  closed_on date,
  version bigint not null
);
create index dues_record_by_organisation on dues_record (org_id, member_id);
grant select, insert, update on dues_record to linghang_county, linghang_scoped;
call app.protect('dues_record');
create policy scoped_read on dues_record for select to linghang_scoped
  using (org_id = any ((select app.visible_orgs())::uuid[]) or member_id = (select app.own_member()));
