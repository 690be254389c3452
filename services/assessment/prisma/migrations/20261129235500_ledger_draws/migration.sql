-- Branches whose ledgers are inspected each quarter (黑名单): entered by a committee above with a fact of the work as reason,
-- taken off with a reason, kept as history. `org_id` is the committee: whose list it is writes it.
create table black_listing (
  id uuid primary key,
  county_id uuid not null,
  org_id uuid not null,
  branch_id uuid not null,
  cause text not null,
  reason text not null check (char_length(reason) between 1 and 500),
  record_id text check (char_length(record_id) between 1 and 80),
  listed_on date not null,
  listed_by uuid not null,
  listed_at timestamptz not null,
  lifted_on date,
  lift_reason text check (char_length(lift_reason) between 1 and 500),
  lifted_by uuid,
  lifted_at timestamptz,
  unique (id, county_id),
  check (num_nonnulls(lifted_on, lift_reason, lifted_by, lifted_at) in (0, 4)),
  check (org_id <> branch_id)
);
-- One that stands for a committee and a branch: of two at once the second is refused.
create unique index black_listing_standing on black_listing (org_id, branch_id) where lifted_on is null;
create index black_listing_at on black_listing (org_id, id);
create index black_listing_of on black_listing (branch_id, id);

-- What the branch says to it.
create table black_listing_answer (
  listing_id uuid not null,
  n int not null check (n between 1 and 10),
  county_id uuid not null,
  org_id uuid not null,
  text text not null check (char_length(text) between 1 and 1000),
  answered_by uuid not null,
  answered_at timestamptz not null,
  primary key (listing_id, n),
  foreign key (listing_id, county_id) references black_listing (id, county_id)
);

-- A quarter's draw of a committee: the list and the hash of the seed are fixed when it is opened and never changed.
create table ledger_draw (
  id uuid primary key,
  county_id uuid not null,
  org_id uuid not null,
  quarter date not null check (extract(day from quarter) = 1 and extract(month from quarter) in (1, 4, 7, 10)),
  -- Of so many on the white list so many are drawn.
  white int not null check (white between 0 and 5000),
  draws int not null check (draws between 0 and white),
  basis text not null check (char_length(basis) between 1 and 200),
  -- The white list: ids of branches in their order, a line each.
  list text not null,
  list_hash text not null check (list_hash = encode(sha256(convert_to(list, 'UTF8')), 'hex')),
  seed_hash text not null check (seed_hash ~ '^[0-9a-f]{64}$'),
  -- What the hash was of: null until the draw. Another seed than that is no seed of this draw.
  seed text check (seed_hash = encode(sha256(convert_to(seed, 'UTF8')), 'hex')),
  items jsonb not null,
  draw_from date not null,
  reviews_due_on date not null,
  opened_by uuid not null,
  opened_at timestamptz not null,
  drawn_by uuid,
  drawn_at timestamptz,
  version bigint not null,
  unique (id, county_id),
  unique (county_id, org_id, quarter),
  check (num_nonnulls(seed, drawn_by, drawn_at) in (0, 3)),
  check (reviews_due_on >= draw_from)
);
create index ledger_draw_at on ledger_draw (org_id, quarter, id);

-- Who stands in a draw, on which list, and after the draw at which place of its order.
create table ledger_draw_place (
  draw_id uuid not null,
  branch_id uuid not null,
  county_id uuid not null,
  org_id uuid not null,
  list text not null check (list in ('BLACK', 'WHITE')),
  place int check (place > 0),
  drawn boolean not null default false,
  primary key (draw_id, branch_id),
  foreign key (draw_id, county_id) references ledger_draw (id, county_id)
);
create index ledger_draw_place_of on ledger_draw_place (branch_id, draw_id);

-- Seeds of draws. No role of a service may read them: they come out by `app.reveal_seed` alone, which publishes them.
create table ledger_draw_seed (
  draw_id uuid primary key,
  county_id uuid not null,
  org_id uuid not null,
  seed text not null check (seed ~ '^[0-9a-f]{64}$')
);

-- The work on what was drawn, the committee's own until it is published. `org_id` is the committee.
create table ledger_review (
  id uuid primary key,
  county_id uuid not null,
  org_id uuid not null,
  branch_id uuid not null,
  draw_id uuid not null,
  state text not null check (state in ('TO_JUDGE', 'JUDGED', 'RETURNED', 'LOCKED', 'PUBLISHED')),
  -- Of what is judged now; the one before it is published where it is more than 1.
  version bigint not null check (version > 0),
  correction text check (char_length(correction) between 1 and 500),
  scores jsonb not null,
  points int not null check (points >= 0),
  remark text check (char_length(remark) between 1 and 2000),
  judged_by uuid,
  judged_at timestamptz,
  read_by uuid,
  read_at timestamptz,
  return_reason text check (char_length(return_reason) between 1 and 500),
  published_by uuid,
  published_at timestamptz,
  unique (id, county_id),
  unique (draw_id, branch_id),
  foreign key (draw_id, county_id) references ledger_draw (id, county_id),
  -- Two people: who judges is not who reads it again.
  check (judged_by <> read_by),
  check (version = 1 or correction is not null),
  check ((state = 'PUBLISHED') = (published_at is not null)),
  check (state = 'TO_JUDGE' or (judged_by is not null and judged_at is not null)),
  check (state in ('TO_JUDGE', 'JUDGED') or read_by is not null)
);
create index ledger_review_of on ledger_review (draw_id, state, branch_id);

-- What was published, version by version: of the branch, appended and never changed.
create table published_review (
  review_id uuid not null,
  version bigint not null,
  county_id uuid not null,
  org_id uuid not null,
  committee_id uuid not null,
  draw_id uuid not null,
  quarter date not null,
  list text not null check (list in ('BLACK', 'WHITE')),
  scores jsonb not null,
  points int not null,
  most int not null,
  remark text,
  correction text,
  published_at timestamptz not null,
  primary key (review_id, version),
  foreign key (review_id, county_id) references ledger_review (id, county_id)
);
create index published_review_at on published_review (org_id, quarter, review_id);

do $$
declare
  part text;
begin
  foreach part in array array['black_listing', 'black_listing_answer', 'ledger_draw', 'ledger_draw_place', 'ledger_draw_seed',
      'ledger_review', 'published_review'] loop
    execute format('call app.protect(%L)', part);
    execute format('create trigger never_deleted before delete on %I for each row execute function app.refuse_change()', part);
  end loop;
  foreach part in array array['black_listing_answer', 'ledger_draw_seed', 'published_review'] loop
    execute format('create trigger never_changed before update on %I for each row execute function app.refuse_change()', part);
  end loop;
end $$;

create policy scoped_read on black_listing for select to linghang_scoped
  using (org_id = any ((select app.visible_orgs())::uuid[]) or branch_id = any ((select app.visible_orgs())::uuid[]));
create policy scoped_read on black_listing_answer for select to linghang_scoped
  using (org_id = any ((select app.visible_orgs())::uuid[]));
create policy scoped_read on ledger_draw_place for select to linghang_scoped
  using (org_id = any ((select app.visible_orgs())::uuid[]) or branch_id = any ((select app.visible_orgs())::uuid[])
    or branch_id = (select app.own_org()));
-- Whoever stands in a draw can recompute it.
create policy scoped_read on ledger_draw for select to linghang_scoped
  using (org_id = any ((select app.visible_orgs())::uuid[])
    or exists (select from ledger_draw_place p where p.draw_id = ledger_draw.id));
create policy scoped_read on ledger_review for select to linghang_scoped
  using (org_id = any ((select app.visible_orgs())::uuid[]));
create policy scoped_read on published_review for select to linghang_scoped
  using (org_id = any ((select app.visible_orgs())::uuid[]));

grant select, insert on black_listing, black_listing_answer to linghang_county, linghang_scoped;
grant update (lifted_on, lift_reason, lifted_by, lifted_at) on black_listing to linghang_county, linghang_scoped;
-- A seed is no column that a service writes.
grant select, insert (id, county_id, org_id, quarter, white, draws, basis, list, list_hash, seed_hash, items, draw_from,
  reviews_due_on, opened_by, opened_at, version), update (version) on ledger_draw to linghang_county, linghang_scoped;
grant select, insert, update (place, drawn) on ledger_draw_place to linghang_county, linghang_scoped;
grant select, insert, update on ledger_review to linghang_county, linghang_scoped;
grant select, insert on published_review to linghang_county;
grant select on published_review to linghang_scoped;
grant select, insert on ledger_draw_seed to linghang_paths;
grant select, update (seed, drawn_by, drawn_at) on ledger_draw to linghang_paths;

-- Makes the seed of a draw, 32 bytes from the random numbers of three UUIDs (366 bits), keeps it where no service can read it,
-- and tells the hash of its hexadecimal digits.
create function app.sow_seed(draw uuid, org uuid) returns text
language sql volatile security definer set search_path = public, pg_temp as $$
  insert into ledger_draw_seed (draw_id, county_id, org_id, seed)
  values (draw, app.county(), org, encode(sha256(
    uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid())), 'hex'))
  returning encode(sha256(convert_to(seed, 'UTF8')), 'hex')
$$;
alter function app.sow_seed(uuid, uuid) owner to linghang_paths;

-- Takes the seed out by publishing it, once, on the day from which the draw may be held: whoever has read it has drawn.
create function app.reveal_seed(draw uuid, by_account uuid, at_moment timestamptz) returns text
language sql volatile security definer set search_path = public, pg_temp as $$
  update ledger_draw d set seed = s.seed, drawn_by = by_account, drawn_at = at_moment
  from ledger_draw_seed s
  where d.id = draw and s.draw_id = d.id and d.county_id = app.county() and d.seed is null
    and d.draw_from <= (at_moment at time zone 'Asia/Shanghai')::date
    and (current_setting('role') = 'linghang_county' or d.org_id = any ((select app.writable_orgs())::uuid[]))
  returning d.seed
$$;
alter function app.reveal_seed(uuid, uuid, timestamptz) owner to linghang_paths;

-- Whom draws have taken of their white lists, by ids alone: it is published, and a branch that stands in a draw does not see
-- the others who do.
create function app.drawn_of(draws uuid[]) returns table (draw_id uuid, branch_id uuid)
language sql stable security definer set search_path = public, pg_temp as $$
  select p.draw_id, p.branch_id from ledger_draw_place p
  where p.draw_id = any (draws) and p.county_id = app.county() and p.list = 'WHITE' and p.drawn
  order by p.draw_id, p.place
$$;
alter function app.drawn_of(uuid[]) owner to linghang_paths;
grant select on ledger_draw_place to linghang_paths;
revoke execute on function app.sow_seed(uuid, uuid), app.reveal_seed(uuid, uuid, timestamptz), app.drawn_of(uuid[]) from public;
grant execute on function app.sow_seed(uuid, uuid), app.reveal_seed(uuid, uuid, timestamptz), app.drawn_of(uuid[])
  to linghang_county, linghang_scoped;
