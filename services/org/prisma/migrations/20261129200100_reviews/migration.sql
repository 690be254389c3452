-- What somebody wrote before a criticism meeting (支部工作条例 art. 17): read by whom it is about and by the branch's secretary.
create table criticism_opinion (
  id uuid primary key,
  meeting_id uuid not null,
  county_id uuid not null,
  org_id uuid not null,
  about_member_id uuid not null,
  by_member_id uuid not null,
  text text not null check (char_length(text) between 1 and 2000),
  said_at timestamptz not null,
  foreign key (meeting_id, county_id) references meeting (id, county_id)
);
create index criticism_opinion_of on criticism_opinion (meeting_id, id);
grant select, insert on criticism_opinion to linghang_county, linghang_scoped;
call app.protect('criticism_opinion');
-- Who only sees a branch does not see what its members say of each other.
create policy scoped_read on criticism_opinion for select to linghang_scoped
  using (org_id = any ((select app.writable_orgs())::uuid[])
    or about_member_id = (select app.own_member()) or by_member_id = (select app.own_member()));
create trigger criticism_opinion_stays before update or delete on criticism_opinion
  for each row execute function app.refuse_change();

-- What is to be mended after it, by whom and by when.
create table criticism_measure (
  id uuid primary key,
  meeting_id uuid not null,
  county_id uuid not null,
  org_id uuid not null,
  member_id uuid,
  problem text not null check (char_length(problem) between 1 and 500),
  measure text not null check (char_length(measure) between 1 and 1000),
  due_on date not null,
  done_on date,
  outcome text check (char_length(outcome) between 1 and 500),
  foreign key (meeting_id, county_id) references meeting (id, county_id),
  check ((done_on is null) = (outcome is null))
);
create index criticism_measure_of on criticism_measure (meeting_id, due_on, id);
grant select, insert, update on criticism_measure to linghang_county, linghang_scoped;
call app.protect('criticism_measure');
create policy scoped_read on criticism_measure for select to linghang_scoped
  using (org_id = any ((select app.visible_orgs())::uuid[]) or member_id = (select app.own_member()));

-- The yearly appraisal of a member (art. 18): their own words, the others', the test, the committee's grade or why there is none.
create table member_appraisal (
  meeting_id uuid not null,
  member_id uuid not null,
  county_id uuid not null,
  org_id uuid not null,
  self_review text check (char_length(self_review) between 1 and 5000),
  mutual text check (char_length(mutual) between 1 and 2000),
  excellent int check (excellent >= 0),
  competent int check (competent >= 0),
  basic int check (basic >= 0),
  unfit int check (unfit >= 0),
  grade text check (grade in ('EXCELLENT', 'COMPETENT', 'BASIC', 'UNFIT')),
  left_out_reason text check (char_length(left_out_reason) between 1 and 200),
  primary key (meeting_id, member_id),
  foreign key (meeting_id, county_id) references meeting (id, county_id),
  check (num_nulls(excellent, competent, basic, unfit) in (0, 4)),
  check (grade is null or excellent is not null),
  check (grade is null or left_out_reason is null)
);
grant select, insert, update on member_appraisal to linghang_county, linghang_scoped;
call app.protect('member_appraisal');
create policy scoped_read on member_appraisal for select to linghang_scoped
  using (org_id = any ((select app.visible_orgs())::uuid[]) or member_id = (select app.own_member()));
-- Before the meeting members write of themselves, and of themselves alone.
create policy own_insert on member_appraisal for insert to linghang_scoped
  with check (county_id = (select app.county()) and member_id = (select app.own_member()));
create policy own_update on member_appraisal for update to linghang_scoped
  using (member_id = (select app.own_member())) with check (county_id = (select app.county()) and member_id = (select app.own_member()));
