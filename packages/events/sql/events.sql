-- What this service tells others (outbox), what it has already heard (processed_event), and what it could not read
-- (dead_letter). One file for every service's database; migrations link to it.
create table outbox_event (
  seq bigint generated always as identity primary key,
  id uuid not null unique default uuidv7(),
  county_id uuid not null,
  org_id uuid,
  type text not null,
  subject text not null,
  key text not null,
  data jsonb not null,
  traceparent text,
  created_at timestamptz not null default clock_timestamp()
);
grant insert on outbox_event to linghang_county, linghang_scoped;
grant select, delete on outbox_event to linghang_service;
alter table outbox_event enable row level security;
alter table outbox_event force row level security;
create policy county_writes on outbox_event for insert to linghang_county, linghang_scoped with check (county_id = (select app.county()));
create policy relay_reads on outbox_event for select to linghang_service using (true);
create policy relay_clears on outbox_event for delete to linghang_service using (true);

create function app.wake_relay() returns trigger language plpgsql as $$
begin
  perform pg_notify('outbox', '');
  return null;
end $$;
create trigger outbox_event_wakes_relay after insert on outbox_event for each statement execute function app.wake_relay();

create table processed_event (
  consumer text not null,
  event_id uuid not null,
  processed_at timestamptz not null default now(),
  primary key (consumer, event_id)
);
create index processed_event_age on processed_event (processed_at);
grant select, insert on processed_event to linghang_county;
grant select, delete on processed_event to linghang_service;

create table dead_letter (
  id uuid primary key default uuidv7(),
  consumer text not null,
  topic text not null,
  partition int not null,
  log_offset bigint not null,
  event_type text,
  key bytea,
  value bytea,
  reason text not null,
  failed_at timestamptz not null default now(),
  replayed_at timestamptz,
  unique (consumer, topic, partition, log_offset)
);
grant select, insert, update on dead_letter to linghang_service;
