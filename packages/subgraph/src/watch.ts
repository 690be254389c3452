import { metrics } from '@opentelemetry/api'

const meter = metrics.getMeter('linghang.events')

/** What an operator watches of events going out and coming in; names are documented for operators. */
export function createEventMetrics() {
  const lag = meter.createGauge('linghang_consumer_lag_messages', {
    description: 'Messages that a group has yet to read',
  })
  const deadLetters = meter.createCounter('linghang_dead_letters', {
    description: 'Messages that could not be read and were kept',
  })
  const published = meter.createCounter('linghang_outbox_published', { description: 'Events handed to Kafka' })
  const age = meter.createGauge('linghang_outbox_age_ms', {
    description: 'Age of the oldest event of the last batch when Kafka had it',
  })
  return {
    onLag: (group: string) => (seen: { topic: string; partition: number; messages: number }) =>
      lag.record(seen.messages, { group, topic: seen.topic, partition: seen.partition }),
    onDeadLetter: (group: string) => (topic: string) => deadLetters.add(1, { group, topic }),
    onPublished: (batch: { count: number; oldestAgeMs: number }) => {
      published.add(batch.count)
      age.record(batch.oldestAgeMs)
    },
  }
}
