import { loginUrl, migrateServices, type ServiceName } from '@linghang/migrations'
import pg from 'pg'
import type { Surroundings } from './surroundings.ts'
import { surroundings } from './surroundings.ts'

const nameOf = (database: ServiceName, suffix?: string) => (suffix ? `${database}_${suffix}` : database)

/** URL of the login role on a service's database. */
export const databaseUrl = (at: Surroundings, database: ServiceName, suffix?: string): string =>
  loginUrl(at.postgresUrl, nameOf(database, suffix), at.loginPassword)

/** URL of the superuser on a database of this run. */
export function superuserUrl(database: ServiceName, suffix?: string, at: Surroundings = surroundings()): string {
  const url = new URL(at.postgresUrl)
  url.pathname = `/${nameOf(database, suffix)}`
  return url.href
}

/** Makes and migrates databases, and gives the login role its password. */
export async function createDatabases(at: Surroundings, databases: readonly ServiceName[], suffix?: string) {
  const { postgresUrl: superuserUrl, loginPassword } = at
  await migrateServices({ superuserUrl, loginPassword, only: databases, nameOf: service => nameOf(service, suffix) })
}

/** Takes row-level security off every table of a database: what is still refused then, a use case has refused. */
export async function dropRowLevelSecurity(database: ServiceName, suffix: string): Promise<void> {
  await withClient(superuserUrl(database, suffix), async client => {
    const { rows } = await client.query(
      `select format('alter table %s disable row level security', c.oid::regclass) as statement
       from pg_class c where c.relrowsecurity and c.relnamespace = 'public'::regnamespace`,
    )
    for (const { statement } of rows) await client.query(statement)
  })
}

async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

// biome-ignore lint/suspicious/noExplicitAny: rows have the shape of the query, which each test writes itself.
type Rows = any[]

/** Looks into a service's database past everything. */
export type Look = (service: ServiceName, sql: string, values: unknown[]) => Promise<Rows>

const pools = new Map<string, pg.Pool>()

/** Connections are kept between looks: signing in costs more than the query. They keep no process alive. */
function poolOf(url: string): pg.Pool {
  const known = pools.get(url)
  if (known) return known
  const pool = new pg.Pool({ connectionString: url, max: 4, idleTimeoutMillis: 5_000, allowExitOnIdle: true })
  pool.on('error', () => undefined)
  pools.set(url, pool)
  return pool
}

/** Looks into a service's database past everything, as its superuser. */
export const look = async (
  database: ServiceName,
  sql: string,
  values: unknown[] = [],
  suffix?: string,
): Promise<Rows> =>
  (await poolOf(superuserUrl(database, suffix)).query(sql, values.length > 0 ? values : undefined)).rows

/** Every value of every table of a database as text: for what must not stand anywhere in it. */
export const dumpText = (database: ServiceName): Promise<string> =>
  withClient(superuserUrl(database), async client => {
    const { rows } = await client.query<{ name: string }>(
      `select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname not in ('pg_catalog', 'information_schema')`,
    )
    const parts: string[] = []
    for (const { name } of rows) {
      const table = await client.query<{ text: string }>(`select t::text as text from ${name} t`)
      parts.push(...table.rows.map(row => row.text))
    }
    return parts.join('\n')
  })
