-- Party groups (党小组) of a branch (支部工作条例 2018, art. 13), and who belongs to which, from when to when.
create table party_group (
  id uuid primary key,
  county_id uuid not null,
  org_id uuid not null,
  name text not null check (char_length(name) between 1 and 50),
  leader_id uuid,
  formed_on date not null,
  ended_on date,
  end_reason text check (char_length(end_reason) between 1 and 200),
  revision int not null default 1,
  unique (id, county_id),
  foreign key (org_id, county_id) references organisation (id, county_id),
  check (ended_on >= formed_on),
  check ((ended_on is null) = (end_reason is null))
);
create unique index party_group_name on party_group (org_id, name) where ended_on is null;
create index party_group_of on party_group (org_id, id);
grant select, insert, update on party_group to linghang_county, linghang_scoped;
call app.protect('party_group');
create policy scoped_read on party_group for select to linghang_scoped using (org_id = any ((select app.visible_orgs())::uuid[]));
create trigger never_deleted before delete on party_group for each row execute function app.refuse_change();

create table party_group_member (
  id uuid primary key,
  county_id uuid not null,
  org_id uuid not null,
  group_id uuid not null,
  member_id uuid not null,
  from_on date not null,
  until_on date,
  foreign key (group_id, county_id) references party_group (id, county_id),
  check (until_on >= from_on),
  -- Nobody belongs to two at once, whoever forms them.
  constraint party_group_member_once exclude using gist (member_id with =, daterange(from_on, until_on) with &&)
);
create index party_group_member_of on party_group_member (group_id, from_on, id);
grant select, insert, update on party_group_member to linghang_county, linghang_scoped;
call app.protect('party_group_member');
create policy scoped_read on party_group_member for select to linghang_scoped using (org_id = any ((select app.visible_orgs())::uuid[]));
create trigger never_deleted before delete on party_group_member for each row execute function app.refuse_change();
