-- Up to where what this service has told stands in Kafka, written in the statement that clears the outbox. A database that
-- is restored to an earlier moment says by it which messages came after that moment, whatever any clock says.
create table published_position (
  topic text not null,
  partition int not null,
  next_offset bigint not null,
  written_at timestamptz not null default clock_timestamp(),
  primary key (topic, partition)
);
grant select, insert, update on published_position to linghang_service;
-- Messages of a past that is no more are noted as heard, so that nobody hears them.
grant insert on processed_event to linghang_service;
