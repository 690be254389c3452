import pg from 'pg'
import { clientConfigOf, whyNotSecure } from './reach.ts'

/** Which database answers there, as PostgreSQL knows itself; null where none does now, which waiting may mend. */
async function whoAnswers(name: string, address: string): Promise<string | null> {
  const client = new pg.Client({ ...clientConfigOf(address), connectionTimeoutMillis: 5_000 })
  client.on('error', () => undefined)
  try {
    await client.connect()
    const { rows } = await client.query(
      'select current_database() as database, system_identifier::text as server from pg_control_system()',
    )
    return `${rows[0].server}/${rows[0].database}`
  } catch (error) {
    const why = whyNotSecure(error)
    if (why !== null) throw new Error(`${name}: ${why}`)
    return null
  } finally {
    await client.end().catch(() => undefined)
  }
}

/**
 * Meets PostgreSQL before anything is built on it. A server that is away is waited for later; one that will never be talked
 * to as the address is written, and two addresses that lead to two databases, are said at once: events would be written
 * into one and be looked for in the other.
 *
 * @throws Error with a sentence that names the variable
 */
export async function firstContact(env: {
  DATABASE_URL: string
  DATABASE_DIRECT_URL?: string | undefined
}): Promise<void> {
  const { DATABASE_URL, DATABASE_DIRECT_URL } = env
  const [pooled, direct] = await Promise.all([
    whoAnswers('DATABASE_URL', DATABASE_URL),
    DATABASE_DIRECT_URL === undefined ? null : whoAnswers('DATABASE_DIRECT_URL', DATABASE_DIRECT_URL),
  ])
  if (pooled !== null && direct !== null && pooled !== direct)
    throw new Error(
      'DATABASE_DIRECT_URL leads to another database than DATABASE_URL (DATABASE_DIRECT_URL 与 DATABASE_URL 指向不同的数据库)',
    )
}
