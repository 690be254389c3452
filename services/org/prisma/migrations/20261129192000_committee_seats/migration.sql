create extension if not exists btree_gist;
-- Functions of linghang_paths read past row-level security, which their maker, the owner, may not: their bodies are looked
-- at when they run.
set local check_function_bodies = off;

-- What changes a committee takes its row first, so that two who fill it at once come one after the other; its version
-- orders what others are told.
create table committee (
  org_id uuid primary key,
  county_id uuid not null,
  version bigint not null,
  unique (org_id, county_id),
  foreign key (org_id, county_id) references organisation (id, county_id)
);
grant select, insert, update on committee to linghang_county, linghang_scoped;
call app.protect('committee');
create policy scoped_read on committee for select to linghang_scoped using (org_id = any ((select app.visible_orgs())::uuid[]));

-- Who sits in a committee (委员会成员), as what, from when to when. A seat that has ended stays as history.
create table committee_seat (
  id uuid primary key,
  county_id uuid not null,
  org_id uuid not null,
  member_id uuid not null,
  post text not null check (post in ('SECRETARY', 'DEPUTY_SECRETARY', 'ORGANISATION', 'PUBLICITY', 'DISCIPLINE', 'MEMBER', 'FIRST_SECRETARY')),
  entry text not null check (entry in ('ELECTED', 'COOPTED', 'APPOINTED', 'FIRST_SECRETARY')),
  from_on date not null,
  until_on date,
  evidence text not null check (char_length(evidence) between 1 and 200),
  recorded_by uuid,
  ended_by uuid,
  end_reason text check (char_length(end_reason) between 1 and 200),
  recorded_at timestamptz not null default now(),
  foreign key (org_id, county_id) references organisation (id, county_id),
  check (until_on >= from_on),
  check ((post = 'FIRST_SECRETARY') = (entry = 'FIRST_SECRETARY')),
  -- One secretary at a time, and nobody twice in one post.
  constraint committee_seat_one_secretary exclude using gist (org_id with =, daterange(from_on, until_on) with &&) where (post = 'SECRETARY'),
  constraint committee_seat_once exclude using gist (org_id with =, member_id with =, post with =, daterange(from_on, until_on) with &&)
);
create index committee_seat_of on committee_seat (org_id, from_on desc, id desc);
create index committee_seat_held on committee_seat (county_id, member_id);
grant select, insert, update on committee_seat to linghang_county, linghang_scoped;
call app.protect('committee_seat');
-- Who leads a branch is known to whoever belongs to it.
create policy scoped_read on committee_seat for select to linghang_scoped
  using (org_id = any ((select app.visible_orgs() || app.own_org())::uuid[]));
create trigger never_deleted before delete on committee_seat for each row execute function app.refuse_change();
create trigger never_emptied before truncate on committee_seat for each statement execute function app.refuse_change();

-- What people were on a day who are to sit in a committee, and whether they belonged to it or below it. Of those who
-- belonged elsewhere whoever may send them knows: who sees them there. Security definer: where somebody was on a day is
-- kept past row-level security.
create function app.seat_candidates(org uuid, day date, people uuid[])
returns table (member_id uuid, standing text, suspended_since date, inside boolean)
language sql stable security definer set search_path = public, pg_temp as $$
  select m.id,
    case
      when m.kind is null then null
      when m.kind = 'FULL' and coalesce(m.full_member_since, m.joined_on + interval '1 year', day) <= day then 'FULL'
      when m.kind in ('FULL', 'PROBATIONARY') and coalesce(m.joined_on, day) <= day then 'PROBATIONARY'
      else 'NONE'
    end,
    (select max((p->>'from')::date) from jsonb_array_elements(m.rights_suspended) p
      where day between (p->>'from')::date and (p->>'until')::date),
    place.inside
  from member_ref m
  cross join lateral (
    select s.org_id from member_stay s where s.member_id = m.id
    order by (s.told_on <= day) desc, case when s.told_on <= day then s.version end desc, s.version limit 1
  ) then_at
  cross join lateral (
    select exists (
      select from org_node n join org_node g on n.path <@ g.path where g.id = org and n.id = then_at.org_id
    ) as inside
  ) place
  where m.id = any (people) and m.county_id = nullif(current_setting('app.county_id', true), '')::uuid
    and (m.left_on is null or m.left_on > day)
    and (current_setting('role') = 'linghang_county'
      or (array[org] <@ (select app.orgs_under(current_setting('app.write_grants', true)))
        and (place.inside or array[then_at.org_id] <@ (select app.orgs_under(current_setting('app.read_grants', true))))))
$$;
alter function app.seat_candidates(uuid, date, uuid[]) owner to linghang_paths;

-- Who sits in the committee belongs to its meetings, as whoever holds an office there does.
grant select on committee_seat to linghang_paths;
create or replace function app.officers_from_outside(org uuid, day date, people uuid[])
returns table (member_id uuid, standing text, known_on date, suspended_since date)
language sql stable security definer set search_path = public, pg_temp as $$
  select m.id,
    case
      when m.kind is null then null
      when m.kind = 'FULL' and coalesce(m.full_member_since, m.joined_on + interval '1 year', day) <= day then 'FULL'
      when m.kind in ('FULL', 'PROBATIONARY') and coalesce(m.joined_on, day) <= day then 'PROBATIONARY'
      else 'NONE'
    end,
    m.known_on,
    (select max((p->>'from')::date) from jsonb_array_elements(m.rights_suspended) p
      where day between (p->>'from')::date and (p->>'until')::date)
  from member_ref m
  where m.id = any (people) and m.county_id = nullif(current_setting('app.county_id', true), '')::uuid
    and (m.left_on is null or m.left_on > day)
    and (exists (
        select from office o join account a on a.id = o.account_id
        where a.member_id = m.id and o.org_id = org and o.role in ('SECRETARY', 'LEADER', 'DISCIPLINE_INSPECTOR')
          and o.starts_on <= day and (o.ends_on is null or o.ends_on > day))
      or exists (
        select from committee_seat c
        where c.member_id = m.id and c.org_id = org and c.from_on <= day and (c.until_on is null or c.until_on > day)))
    and (current_setting('role') = 'linghang_county'
      or array[org] <@ (select app.orgs_under(current_setting('app.read_grants', true))))
$$;
alter function app.officers_from_outside(uuid, date, uuid[]) owner to linghang_paths;
