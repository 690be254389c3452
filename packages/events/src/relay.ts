import { once } from 'node:events'
import { clientConfigOf, createAddress } from '@linghang/database'
import type { Kafka, Message } from 'kafkajs'
import pg from 'pg'
import { type EventType, topicOf, writtenBy } from './catalogue.ts'
import { createProducer, within } from './kafka.ts'
import { endsOf, positionsAfter } from './positions.ts'

type Log = { info(fields: object, message: string): void; warn(fields: object, message: string): void }

type OutboxRow = {
  seq: string
  id: string
  county_id: string
  org_id: string | null
  type: EventType
  subject: string
  key: string
  data: unknown
  traceparent: string | null
  created_at: Date
}

/** The database is reached through a pooler that lends a connection to a statement or a transaction. */
export class SessionShared extends Error {
  override name = 'SessionShared'
}

/**
 * The relay's lock, role and subscription are the session's: a pooler in transaction mode leaves them with whoever gets
 * the connection next, and no relay would lead any more. Two clients that take turns have one backend only behind one.
 * @throws SessionShared
 */
export async function requireOwnSession(client: Asked, other: Asked): Promise<void> {
  const backendOf = async (one: Asked): Promise<unknown> =>
    (await one.query('select pg_backend_pid() as pid')).rows[0]?.pid
  const own = await backendOf(client)
  const others = [await backendOf(other), await backendOf(other)]
  if (others.includes(own) || (await backendOf(client)) !== own)
    throw new SessionShared(
      'the outbox’s address leads through a pooler in transaction mode: let DATABASE_DIRECT_URL (or DATABASE_URL, where there is none) be PostgreSQL’s own, or a pooler’s in session mode (数据库地址经过事务级连接池：请将 DATABASE_DIRECT_URL 设为直连或会话级连接池)',
    )
}
type Asked = { query(sql: string): Promise<{ rows: { pid?: unknown }[] }> }

async function withClient(connectionString: string, work: (client: pg.Client) => Promise<void>): Promise<void> {
  const client = new pg.Client({ ...clientConfigOf(connectionString), connectionTimeoutMillis: 5_000 })
  client.on('error', () => undefined)
  await client.connect()
  try {
    await work(client)
  } finally {
    await client.end().catch(() => undefined)
  }
}

/**
 * The same before anything is built on the address, so that a service behind such a pooler never becomes ready. A database
 * that is away is waited for later.
 * @throws SessionShared
 */
export async function requireOutboxSession(databaseUrl: string): Promise<void> {
  await withClient(databaseUrl, one => withClient(databaseUrl, other => requireOwnSession(one, other))).catch(error => {
    if (error instanceof SessionShared) throw error
  })
}

export type RelayOptions = {
  kafka: Kafka
  /** A session of its own for as long as the relay leads: no pooler in transaction mode. */
  databaseUrl: string | (() => string)
  /** CloudEvents `source`: the service's name. */
  source: string
  log: Log
  /** Called after each batch that Kafka has acknowledged. */
  onPublished?: (published: { count: number }) => void
  /** Called when the relay has given up, since waiting would not help: nothing goes out until the address is changed. */
  onRefused: (error: SessionShared) => void
  batchSize?: number
}

const pollMs = 1_000
const backoffMs = { first: 200, last: 5_000 }
// Any number will do; it only has to be the same for every relay of one database.
const leaderLock = 4_242_001

/**
 * Moves what the outbox holds to Kafka, oldest first. Any number may run: one holds the lock, the others wait for it.
 * A row is deleted after Kafka has acknowledged it; a crash between the two sends it again with the same id, and
 * readers take an id once. Rows are found by being there and not by a cursor, since a smaller number can commit later.
 */
export function startRelay(options: RelayOptions) {
  const batchSize = options.batchSize ?? 1_000
  const stopping = new AbortController()
  const placed = new WeakMap<Message, number>()
  const producer = createProducer(options.kafka, (message, partition) => placed.set(message, partition))
  const address = createAddress(options.databaseUrl)
  let failures = 0

  const lead = async (): Promise<void> => {
    const connectionString = address.next()
    const client = new pg.Client({ ...clientConfigOf(connectionString), keepAlive: true })
    const lost = new AbortController()
    client.on('error', () => lost.abort())
    client.on('end', () => lost.abort())
    const wake = new EventTarget()
    let notified = false
    client.on('notification', () => {
      notified = true
      wake.dispatchEvent(new globalThis.Event('outbox'))
    })
    await client.connect().catch(error => {
      address.told(connectionString, error)
      throw error
    })
    address.told(connectionString)
    try {
      await withClient(connectionString, other => requireOwnSession(client, other))
      await client.query('set role linghang_service')
      await client.query('listen outbox')
      while (!stopping.signal.aborted && !lost.signal.aborted) {
        const { rows } = await client.query(`select pg_try_advisory_lock(${leaderLock}) as leading`)
        if (rows[0].leading) break
        await pause(wake, pollMs, stopping.signal)
      }
      if (!stopping.signal.aborted && !lost.signal.aborted) await noteBeginning(client)
      while (!stopping.signal.aborted && !lost.signal.aborted) {
        notified = false
        const moved = await moveBatch(client)
        failures = 0
        if (moved < batchSize && !notified && !stopping.signal.aborted) await pause(wake, pollMs, stopping.signal)
      }
    } finally {
      await client.end().catch(() => undefined)
    }
  }

  /** Whoever restores this database must find where it stood, also before anything was told after an upgrade. */
  const noteBeginning = async (client: pg.Client): Promise<void> => {
    const ends = await endsOf(options.kafka, writtenBy(options.source))
    await client.query(`${noted} on conflict do nothing`, [JSON.stringify(ends)])
  }

  const moveBatch = async (client: pg.Client): Promise<number> => {
    const { rows } = await client.query<OutboxRow>('select * from outbox_event order by seq limit $1', [batchSize])
    if (rows.length === 0) return 0
    const byTopic = Map.groupBy(rows, row => topicOf(row.type))
    const batches = [...byTopic].map(([topic, events]) => ({
      topic,
      messages: events.map(row => ({ key: row.key, value: JSON.stringify(toEnvelope(row, options.source)) })),
    }))
    const written = await producer.sendBatch({ acks: -1, topicMessages: batches })
    const positions = await positionsAfter(options.kafka, batches, written, placed)
    await client.query(cleared, [JSON.stringify(positions), rows.map(row => row.seq)])
    options.onPublished?.({ count: rows.length })
    return rows.length
  }

  const running = (async () => {
    while (!stopping.signal.aborted) {
      try {
        await producer.connect()
        await lead()
      } catch (error) {
        if (error instanceof SessionShared) return options.onRefused(error)
        failures++
        const waitMs = Math.min(backoffMs.first * 2 ** failures, backoffMs.last)
        options.log.warn(
          { reason: (error as Error).message, waitMs },
          'the outbox waits: database or Kafka out of reach',
        )
        await pause(new EventTarget(), waitMs, stopping.signal)
      }
    }
  })()

  return {
    /** Finishes the batch in hand and lets go of the lock; at most `timeoutMs`. */
    async stop(timeoutMs = 10_000): Promise<void> {
      stopping.abort()
      await within(running, timeoutMs, 'the outbox relay').catch(() => undefined)
      await within(producer.disconnect(), timeoutMs, 'the producer').catch(() => undefined)
    },
  }
}

const noted = `insert into published_position (topic, partition, next_offset)
  select p.topic, p.partition, p."nextOffset"
  from jsonb_to_recordset($1::jsonb) as p (topic text, partition int, "nextOffset" bigint)`

/** Both at once: a position that knows less than the outbox has forgotten would make a told event one that never was. */
const cleared = `with gone as (delete from outbox_event where seq = any ($2::bigint[])) ${noted}
  on conflict (topic, partition) do update set next_offset = excluded.next_offset, written_at = clock_timestamp()`

function toEnvelope(row: OutboxRow, source: string) {
  return {
    specversion: '1.0',
    id: row.id,
    type: row.type,
    source: `/linghang/${source}`,
    subject: row.subject,
    time: row.created_at.toISOString(),
    datacontenttype: 'application/json',
    countyid: row.county_id,
    ...(row.org_id ? { orgid: row.org_id } : {}),
    ...(row.traceparent ? { traceparent: row.traceparent } : {}),
    data: row.data,
  }
}

/** Until woken, stopped, or `ms` have passed. */
async function pause(wake: EventTarget, ms: number, stopped: AbortSignal): Promise<void> {
  const signal = AbortSignal.any([stopped, AbortSignal.timeout(ms)])
  await once(wake, 'outbox', { signal }).catch(() => undefined)
}
