import { createKafka, measureLag } from '@linghang/events'
import { until } from '@linghang/harness/until'
import { type ServiceName, services } from '@linghang/migrations'
import pg from 'pg'
import { surroundings } from './surroundings.ts'

// biome-ignore lint/suspicious/noExplicitAny: rows have the shape of the query, which each test writes itself.
type Rows = any[]

/** Looks into a service's database past everything, as its superuser. */
export async function look(database: ServiceName, sql: string, values: unknown[] = []): Promise<Rows> {
  const client = new pg.Client({ connectionString: `${surroundings().postgresUrl}/${database}` })
  // A server that is killed under a test ends the connection; the query in hand fails and says so.
  client.on('error', () => undefined)
  await client.connect()
  try {
    return (await client.query(sql, values)).rows
  } finally {
    await client.end()
  }
}

/** A county's id in the databases. */
export async function countyIdOf(code: string): Promise<string> {
  const [row] = await look('org', 'select id from county where code = $1', [code])
  return row.id
}

/** Messages that a service has yet to read, all groups together; each gateway process has a group that dies with it. */
export async function lag(): Promise<bigint> {
  const kafka = createKafka('system-test', surroundings().kafkaBrokers.split(','), { warn: () => undefined })
  const lags = (await measureLag(kafka)).filter(({ group }) => !group.startsWith('gateway.grants-'))
  return lags.reduce((sum, { messages }) => sum + messages, 0n)
}

/** Everything has been told to everybody: outboxes empty, nothing left to read, workflows told. */
export async function quiet(timeoutMs = 60_000): Promise<void> {
  const isQuiet = async (): Promise<boolean> => {
    for (const database of services) {
      const [row] = await look(database, 'select exists (select from outbox_event) as waiting')
      if (row.waiting) return false
    }
    if ((await lag()) > 0n) return false
    const [untold] = await look('workflows', 'select exists (select from watch where told_version < version) as t')
    return !untold.t
  }
  await until(isQuiet, timeoutMs, 'everything has been told to everybody')
}

/** How many messages nobody could read. */
export async function deadLetters(): Promise<number> {
  const counts = await Promise.all(
    services.map(async database => Number((await look(database, 'select count(*) as n from dead_letter'))[0].n)),
  )
  return counts.reduce((sum, n) => sum + n, 0)
}
