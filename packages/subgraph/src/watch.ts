import type { AsService, RawTx } from '@linghang/access'
import { sqlOf, sqlStateOf, whyUnserved } from '@linghang/database'
import type { PartitionLag } from '@linghang/events'
import { standAtZero } from '@linghang/telemetry'
import { metrics } from '@opentelemetry/api'
import { sql } from 'kysely'
import type pg from 'pg'
import { askOnce } from './ask-once.ts'

const secondsBuckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30]

// Meters are taken when something is created and never while a module loads: one that is taken before telemetry has
// begun counts nothing for ever.

/**
 * What an operator watches of events going out and coming in; names are documented for operators. Counters stand at 0
 * from the start, so that rates and alerts on them work before the first fault.
 */
export function createEventMetrics<Tx extends RawTx>(asService: AsService<Tx>) {
  const meter = metrics.getMeter('linghang.events')
  // Asked at each scrape, so that they grow while Kafka is away and nothing moves.
  const age = meter.createObservableGauge('linghang_outbox_age_seconds', {
    description: 'Age of the oldest event that Kafka does not have yet',
  })
  const waiting = meter.createObservableGauge('linghang_outbox_waiting', {
    description: 'Events that Kafka does not have yet, 10,000 at most',
  })
  const unread = meter.createObservableGauge('linghang_dead_letters_waiting', {
    description: 'Messages that could not be read and were not sent again yet, 10,000 at most',
  })
  const ask = askOnce(() =>
    asService(async tx => {
      // The oldest of those that wait, and not the least of all their times, for which each would be read.
      const { rows } = await sql<{ age: number | null; waiting: number; unread: number }>`
        select extract(epoch from clock_timestamp() - (select created_at from outbox_event order by seq limit 1))::float8 as age,
          (select count(*) from (select from outbox_event limit 10000) w)::int as waiting,
          (select count(*) from (select from dead_letter where replayed_at is null limit 10000) d)::int as unread`.execute(
        sqlOf(tx),
      )
      return rows[0]
    }),
  )
  meter.addBatchObservableCallback(
    async result => {
      const row = await ask()
      if (!row) return
      result.observe(age, Math.max(0, row.age ?? 0))
      result.observe(waiting, row.waiting)
      result.observe(unread, row.unread)
    },
    [age, waiting, unread],
  )
  const lag = meter.createObservableGauge('linghang_consumer_lag_messages', {
    description: 'Messages that a group has yet to read, as Kafka knows it',
  })
  const unanswered = meter.createObservableGauge('linghang_kafka_unanswered_seconds', {
    description: 'Time for which Kafka has not answered',
  })
  const delay = meter.createHistogram('linghang_event_delay_seconds', {
    description: 'From an event being published to its having taken effect',
    advice: { explicitBucketBoundaries: [0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 900, 3_600, 86_400] },
  })
  const deadLetters = meter.createCounter('linghang_dead_letters', {
    description: 'Messages that could not be read and were kept',
  })
  const published = meter.createCounter('linghang_outbox_published', { description: 'Events handed to Kafka' })
  published.add(0)
  return {
    onHeard: (group: string) => {
      standAtZero(delay, { group })
      return (delaysSeconds: readonly number[]) => {
        for (const seconds of delaysSeconds) delay.record(seconds, { group })
      }
    },
    watchLag(watch: { lags: () => readonly PartitionLag[]; unansweredSeconds: () => number }): void {
      lag.addCallback(result => {
        for (const { messages, ...of } of watch.lags()) result.observe(messages, of)
      })
      unanswered.addCallback(result => result.observe(watch.unansweredSeconds()))
    },
    onDeadLetter: (group: string, topics: readonly string[]) => {
      for (const topic of topics) deadLetters.add(0, { group, topic })
      return (topic: string) => deadLetters.add(1, { group, topic })
    },
    onPublished: (batch: { count: number }) => published.add(batch.count),
  }
}

/** How many connections a process has to its database, lends out, and is asked for. */
export function watchPool(pool: pg.Pool): void {
  const connections = metrics
    .getMeter('linghang.database')
    .createObservableGauge('linghang_database_connections', { description: 'Connections by state' })
  connections.addCallback(result => {
    result.observe(pool.totalCount - pool.idleCount, { state: 'lent' })
    result.observe(pool.idleCount, { state: 'idle' })
    result.observe(pool.waitingCount, { state: 'awaited' })
  })
}

type Transacting = { $transaction: (...args: never[]) => Promise<unknown> }

const faultKinds = ['timeout', 'denied', 'full', 'lost'] as const

/** What kind of fault of the database an error is: a wait that was too long, a refusal of its policies, no room, a connection lost. */
function faultOf(error: unknown): (typeof faultKinds)[number] | null {
  const { code } = error as { code?: string }
  const state = sqlStateOf(error) ?? ''
  if (state === '42501') return 'denied'
  if (code === 'P2028' || code === 'P2024' || state === '57014') return 'timeout'
  // 53: disk, memory or connections are at their end.
  if (/^53/.test(state)) return 'full'
  return whyUnserved(error) === null ? null : 'lost'
}

/** The same client; transactions that end with a fault of the database are counted by its kind, from 0. */
export function watchFaults<Client extends Transacting>(client: Client): Client {
  const faults = metrics
    .getMeter('linghang.database')
    .createCounter('linghang_database_faults', { description: 'Transactions that the database has ended, by kind' })
  for (const kind of faultKinds) faults.add(0, { kind })
  return new Proxy(client, {
    get(target, property, receiver) {
      const value = Reflect.get(target, property, receiver)
      if (property !== '$transaction') return value
      return (...args: never[]) =>
        target.$transaction(...args).catch((error: unknown) => {
          const kind = faultOf(error)
          if (kind) faults.add(1, { kind })
          throw error
        })
    },
  })
}

export type RequestOutcome = 'ok' | 'refused' | 'failed'
const outcomes: readonly RequestOutcome[] = ['ok', 'refused', 'failed']

/** Requests that a subgraph answers, by route and outcome, with their time. */
export function createRequestMetrics(): (route: string, status: number, tookMs: number) => void {
  const meter = metrics.getMeter('linghang.subgraph')
  const requests = meter.createCounter('linghang_subgraph_requests', { description: 'Requests by route and outcome' })
  const seconds = meter.createHistogram('linghang_subgraph_request_duration_seconds', {
    description: 'Time to the whole answer, by route and outcome',
    advice: { explicitBucketBoundaries: secondsBuckets },
  })
  for (const outcome of outcomes) requests.add(0, { route: '/graphql', outcome })
  return (route, status, tookMs) => {
    const outcome: RequestOutcome = status >= 500 ? 'failed' : status >= 400 ? 'refused' : 'ok'
    requests.add(1, { route, outcome })
    seconds.record(tookMs / 1_000, { route, outcome })
  }
}
