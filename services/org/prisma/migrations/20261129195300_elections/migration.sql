-- An election (换届选举). What happened in it is election_fact; this row is what the facts make, kept for lists and locks.
create table election (
  id uuid primary key,
  county_id uuid not null,
  org_id uuid not null,
  kind text not null check (kind in ('TERM', 'LATE', 'EARLY', 'BY_ELECTION', 'CO_OPTION')),
  phase text not null check (phase in ('OPEN', 'DONE', 'CANCELLED')),
  opened_on date not null,
  planned_on date not null,
  closed_on date,
  version bigint not null,
  unique (id, county_id),
  foreign key (org_id, county_id) references organisation (id, county_id),
  check ((phase = 'OPEN') = (closed_on is null))
);
-- Two elections of one committee at once would each fill the seats of the other.
create unique index election_under_way on election (org_id) where phase = 'OPEN';
create index election_by_day on election (org_id, opened_on desc, id desc);
grant select, insert, update on election to linghang_county, linghang_scoped;
call app.protect('election');
create policy scoped_read on election for select to linghang_scoped using (org_id = any ((select app.visible_orgs())::uuid[]));
create trigger election_stays before delete or truncate on election for each statement execute function app.refuse_change();

create table election_fact (
  election_id uuid not null,
  seq int not null,
  county_id uuid not null,
  org_id uuid not null,
  type text not null,
  happened_on date not null,
  data jsonb not null,
  recorded_at timestamptz not null,
  recorded_by uuid,
  primary key (election_id, seq),
  foreign key (election_id, county_id) references election (id, county_id)
);
grant select, insert on election_fact to linghang_county, linghang_scoped;
call app.protect('election_fact');
create policy scoped_read on election_fact for select to linghang_scoped using (org_id = any ((select app.visible_orgs())::uuid[]));
create trigger election_fact_append_only before update or delete on election_fact
  for each row execute function app.refuse_change();
create trigger election_fact_stays before truncate on election_fact for each statement execute function app.refuse_change();
