import type { AsService, RawTx } from '@linghang/access'
import { metrics } from '@opentelemetry/api'

const meter = metrics.getMeter('linghang.events')

/** What an operator watches of events going out and coming in; names are documented for operators. */
export function createEventMetrics<Tx extends RawTx>(asService: AsService<Tx>) {
  // Asked at each scrape, so that it grows while Kafka is away and nothing moves.
  meter
    .createObservableGauge('linghang_outbox_age_ms', {
      description: 'Age of the oldest event that Kafka does not have yet',
    })
    .addCallback(async result => {
      const [row] = await asService(tx =>
        tx.$queryRawUnsafe<{ age: number | null }[]>(
          'select extract(epoch from clock_timestamp() - min(created_at))::float8 * 1000 as age from outbox_event',
        ),
      )
      result.observe(Math.max(0, Math.round(row?.age ?? 0)))
    })
  const lag = meter.createGauge('linghang_consumer_lag_messages', {
    description: 'Messages that a group has yet to read',
  })
  const deadLetters = meter.createCounter('linghang_dead_letters', {
    description: 'Messages that could not be read and were kept',
  })
  const published = meter.createCounter('linghang_outbox_published', { description: 'Events handed to Kafka' })
  return {
    onLag: (group: string) => (seen: { topic: string; partition: number; messages: number }) =>
      lag.record(seen.messages, { group, topic: seen.topic, partition: seen.partition }),
    onDeadLetter: (group: string) => (topic: string) => deadLetters.add(1, { group, topic }),
    onPublished: (batch: { count: number }) => published.add(batch.count),
  }
}
