import type pg from 'pg'
import type { MigrationFile } from './files.ts'

/**
 * Up to here nobody had to think of row-level security: a superuser migrated, and it does not hold for one. Later files run
 * in a session that fails where it would hide rows, and lift it themselves from the tables whose rows they change.
 */
const lastOfSuperusers = '20261129162500_deadlines'
/** Made later than its number says, and sees no rows. */
const madeLater = new Set(['20261129130000_rewrap_keys'])
/** Lifting it locks every table, at which requests of the release before wait for each other until one of them is refused. */
const seesRows = ({ name }: MigrationFile): boolean => name <= lastOfSuperusers && !madeLater.has(name)

/**
 * The tables that hide rows from their owner too, where any of them holds one: in a new database there is nothing to miss,
 * and a lock on each of fifty tables for nothing would be felt.
 */
const hiding = `with hiding as (select oid from pg_class where relnamespace = 'public'::regnamespace
    and relkind in ('r', 'p') and relforcerowsecurity)
  select oid::regclass::text as name, oid from hiding where exists (select from hiding where pg_relation_size(oid) > 0)`

/** Runs something with every row in view. Back in force at its end, in the same transaction, under whatever name then. */
const withRowsInView = async (client: pg.Client, run: () => Promise<void>): Promise<void> => {
  const { rows } = await client.query<{ name: string; oid: number }>(hiding)
  for (const { name } of rows) await client.query(`alter table ${name} no force row level security`)
  await run()
  const { rows: left } = await client.query<{ name: string }>(
    'select oid::regclass::text as name from pg_class where oid = any ($1)',
    [rows.map(({ oid }) => oid)],
  )
  for (const { name } of left) await client.query(`alter table ${name} force row level security`)
}

/**
 * A function is given to a role only where that role may create. The two that pass row-level security may do so for as long
 * as a migration runs and never otherwise; a schema that the migration makes comes with it.
 */
const withMakersOfFunctions = async (client: pg.Client, run: () => Promise<void>): Promise<void> => {
  const schemaToo = (verb: string) => `do $$ begin if to_regnamespace('app') is not null then ${verb}; end if; end $$`
  await client.query('alter default privileges grant create on schemas to linghang_paths, linghang_chain')
  await client.query(schemaToo('grant create on schema app to linghang_paths, linghang_chain'))
  await run()
  await client.query(schemaToo('revoke create on schema app from linghang_paths, linghang_chain'))
  await client.query('alter default privileges revoke create on schemas from linghang_paths, linghang_chain')
}

/** Runs a file in the transaction that is open. */
export async function applyFile(client: pg.Client, file: MigrationFile): Promise<void> {
  // The file whole, as one simple query: cut at semicolons, bodies of functions would break.
  const run = async () => void (await client.query(file.sql))
  await withMakersOfFunctions(client, async () => {
    if (seesRows(file)) return withRowsInView(client, run)
    await client.query('set local row_security = off')
    // A function's body is looked at as the owner when it is made, though it runs as whoever passes row-level security.
    await client.query('set local check_function_bodies = off')
    await run()
  })
}
