import { join } from 'node:path'
import { migrateDatabase } from '@linghang/devstack'
import pg from 'pg'
import type { DatabaseName, Surroundings } from './surroundings.ts'
import { surroundings } from './surroundings.ts'

/** The role under which every service logs in; it may do nothing until it has changed to a narrower one. */
const loginRole = 'linghang_login'

const nameOf = (database: DatabaseName, suffix?: string) => (suffix ? `${database}_${suffix}` : database)

/** URL of the login role on a service's database. */
export function databaseUrl(at: Surroundings, database: DatabaseName, suffix?: string): string {
  const url = new URL(at.postgresUrl)
  url.pathname = `/${nameOf(database, suffix)}`
  url.username = loginRole
  url.password = at.loginPassword
  return url.href
}

/** URL of the superuser on a database of this run. */
export function superuserUrl(database: DatabaseName, suffix?: string, at: Surroundings = surroundings()): string {
  const url = new URL(at.postgresUrl)
  url.pathname = `/${nameOf(database, suffix)}`
  return url.href
}

/** Makes and migrates databases, and gives the login role its password. */
export async function createDatabases(at: Surroundings, databases: readonly DatabaseName[], suffix?: string) {
  for (const database of databases) {
    await migrateDatabase({
      superuserUrl: at.postgresUrl,
      database: nameOf(database, suffix),
      migrationsDir: join(at.root, 'services', database, 'prisma/migrations'),
    })
  }
  await withClient(at.postgresUrl, client =>
    client.query(`alter role ${loginRole} password ${client.escapeLiteral(at.loginPassword)}`),
  )
}

/** Takes row-level security off every table of a database: what is still refused then, a use case has refused. */
export async function dropRowLevelSecurity(database: DatabaseName, suffix: string): Promise<void> {
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
  database: DatabaseName,
  sql: string,
  values: unknown[] = [],
  suffix?: string,
): Promise<Rows> =>
  (await poolOf(superuserUrl(database, suffix)).query(sql, values.length > 0 ? values : undefined)).rows

/** Every value of every table of a database as text: for what must not stand anywhere in it. */
export const dumpText = (database: DatabaseName): Promise<string> =>
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
