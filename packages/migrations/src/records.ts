import type pg from 'pg'
import { checksumOf, type MigrationFile } from './files.ts'
import { contractOf, type MigrationRecord } from './plan.ts'

/**
 * Prisma's own table, to the letter: a database that its engine has migrated goes on from here, and the other way round.
 * `logs` of an applied one, which Prisma leaves empty, says what a contract step has taken away.
 */
const table = `create table if not exists public._prisma_migrations (
  id varchar(36) primary key not null,
  checksum varchar(64) not null,
  finished_at timestamptz,
  migration_name varchar(255) not null,
  logs text,
  rolled_back_at timestamptz,
  started_at timestamptz not null default now(),
  applied_steps_count integer not null default 0
)`

export const readRecords = async (client: pg.Client): Promise<MigrationRecord[]> => {
  const { rows: known } = await client.query(`select to_regclass('public._prisma_migrations') is not null as there`)
  if (!known[0].there) await client.query(table)
  const { rows } = await client.query<MigrationRecord>(
    `select migration_name as name, checksum, case when finished_at is null then 'begun' else 'applied' end as state,
       substring(logs from '^contract: (\\S+)') as contract
     from public._prisma_migrations where rolled_back_at is null order by migration_name`,
  )
  return rows
}

/** Records a migration as applied, in the transaction in which it was. */
export const recordApplied = async (client: pg.Client, file: MigrationFile): Promise<void> => {
  const contract = contractOf(file)
  await client.query(
    `insert into public._prisma_migrations (id, checksum, migration_name, logs, started_at, finished_at, applied_steps_count)
     values (gen_random_uuid()::text, $1, $2, $3, now(), clock_timestamp(), 1)`,
    [checksumOf(file), file.name, contract === null ? null : `contract: ${contract}`],
  )
}

/** Closes what another program began: the record says that nothing of it counts, and it is applied anew. */
export const closeBegun = async (client: pg.Client, name: string): Promise<void> => {
  await client.query(
    `update public._prisma_migrations set rolled_back_at = now()
     where migration_name = $1 and finished_at is null and rolled_back_at is null`,
    [name],
  )
}
