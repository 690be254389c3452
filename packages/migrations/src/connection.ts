import { clientConfigOf, whyNotSecure } from '@linghang/database/reach'
import pg from 'pg'
import { migrationFault, saidBy } from './fault.ts'

const connectMs = 15_000

/** Works on one connection to a server and ends it. */
export const onServer = async <T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> => {
  const client = new pg.Client({ ...clientConfigOf(url), connectionTimeoutMillis: connectMs, keepAlive: true })
  // A connection that is cut fails the statement in hand; nobody else has to hear of it.
  client.on('error', () => undefined)
  try {
    await client.connect()
  } catch (error) {
    await client.end().catch(() => undefined)
    const why = whyNotSecure(error) ?? saidBy(error)
    throw migrationFault(
      'DATABASE_UNREACHABLE',
      {
        zh: `数据库 ${client.database} 无法连接：${why}`,
        en: `Database ${client.database} could not be reached: ${why}`,
      },
      error,
    )
  }
  try {
    return await work(client)
  } finally {
    await client.end().catch(() => undefined)
  }
}
