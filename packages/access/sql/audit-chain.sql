-- Each audit row is a link in the hash chain of its organisation (of its county where it names none): whoever changes,
-- removes or slips in a row later breaks the chain at that place. One file for every service's database; migrations
-- link to it. Only the role below writes chains, and only through the trigger.
do $$
begin
  if not exists (select from pg_roles where rolname = 'linghang_chain') then
    begin
      create role linghang_chain nologin bypassrls;
    exception when duplicate_object or unique_violation then null;
    end;
  end if;
end $$;
grant usage on schema public, app to linghang_chain;

-- Where each chain ends. Updated at every write of an organisation, so pages keep room for the new row beside the old.
create table audit_chain (
  id uuid primary key,
  county_id uuid not null,
  seq bigint not null,
  hash bytea not null
) with (fillfactor = 50);
create table audit_link (
  chain_id uuid not null,
  seq bigint not null,
  county_id uuid not null,
  audit_id uuid not null unique,
  previous bytea not null,
  hash bytea not null,
  primary key (chain_id, seq)
);
grant select, insert, update on audit_chain to linghang_chain;
grant select, insert on audit_link to linghang_chain;
grant select on audit_entry, audit_chain, audit_link to linghang_service;
alter table audit_chain enable row level security;
alter table audit_chain force row level security;
alter table audit_link enable row level security;
alter table audit_link force row level security;
create policy service_verifies on audit_entry for select to linghang_service using (true);
create policy service_verifies on audit_chain for select to linghang_service using (true);
create policy service_verifies on audit_link for select to linghang_service using (true);
create trigger audit_link_append_only before update or delete on audit_link
  for each row execute function app.refuse_change();

-- What is hashed: every field of the row, its place and the hash before it, as a JSON array of texts. `audit-chain.ts`
-- writes the same text on its own when it verifies.
create function app.audit_text(entry audit_entry, chain_id uuid, seq bigint, previous bytea) returns text
language sql stable as $$
  select jsonb_build_array('1', chain_id::text, seq::text, encode(previous, 'hex'),
    entry.id::text, entry.county_id::text, entry.org_id::text, entry.account_id::text, entry.action, entry.subject_type,
    entry.subject_id::text, encode(entry.before_hash, 'hex'), encode(entry.after_hash, 'hex'), entry.trace_id,
    (extract(epoch from entry.recorded_at) * 1000000)::bigint::text)::text
$$;

-- Links rows, each chain's in the order of their ids. All heads are locked first and in one order, so that two rosters
-- at once wait for each other and do not deadlock; each head is written once, however many rows it gets.
create function app.link_audit_entries(entries audit_entry[]) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  links audit_link[] := '{}';
  link audit_link;
  head audit_chain;
  entry audit_entry;
  chain uuid;
begin
  insert into audit_chain (id, county_id, seq, hash)
    select distinct on (1) coalesce(e.org_id, e.county_id), e.county_id, 0, ''::bytea from unnest(entries) e order by 1
    on conflict (id) do nothing;
  perform from audit_chain where id = any (array(select coalesce(e.org_id, e.county_id) from unnest(entries) e)) order by id for update;
  foreach entry in array array(select e from unnest(entries) e order by coalesce(e.org_id, e.county_id), e.id) loop
    chain := coalesce(entry.org_id, entry.county_id);
    if head.id is distinct from chain then
      select * into head from audit_chain where id = chain;
    end if;
    link.chain_id := chain;
    link.seq := head.seq + 1;
    link.county_id := entry.county_id;
    link.audit_id := entry.id;
    link.previous := head.hash;
    link.hash := sha256(convert_to(app.audit_text(entry, chain, link.seq, head.hash), 'UTF8'));
    links := links || link;
    head.seq := link.seq;
    head.hash := link.hash;
  end loop;
  insert into audit_link select l.* from unnest(links) l;
  update audit_chain c set seq = newest.seq, hash = newest.hash
  from (select distinct on (l.chain_id) l.chain_id, l.seq, l.hash from unnest(links) l order by l.chain_id, l.seq desc) newest
  where c.id = newest.chain_id;
end $$;
revoke execute on function app.link_audit_entries(audit_entry[]) from public;

create function app.chain_audit() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform app.link_audit_entries(array(select row(a.*)::audit_entry from added a));
  return null;
end $$;
alter function app.chain_audit() owner to linghang_chain;
alter function app.link_audit_entries(audit_entry[]) owner to linghang_chain;

-- Rows that were there before chains were.
do $$
declare
  batch audit_entry[];
  through uuid := '00000000-0000-0000-0000-000000000000';
begin
  loop
    batch := array(select e from audit_entry e where e.id > through order by e.id limit 5000);
    exit when cardinality(batch) = 0;
    perform app.link_audit_entries(batch);
    through := batch[cardinality(batch)].id;
  end loop;
end $$;

create trigger audit_entry_chained after insert on audit_entry
  referencing new table as added for each statement execute function app.chain_audit();
