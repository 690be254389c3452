import { randomBytes } from 'node:crypto'
import {
  consumerRetry,
  ensureTopics,
  insist,
  PoisonMessage,
  parseEvent,
  readOn,
  withAdmin,
  within,
} from '@linghang/events'
import type { Log } from '@linghang/telemetry'
import type { Kafka } from 'kafkajs'

/** The account whose grants an event of the org service has changed. */
export function accountChangedBy(value: Buffer | null): string | null {
  try {
    const event = parseEvent(value)
    switch (event.type) {
      case 'org.office.appointed.v1':
      case 'org.office.ended.v1':
        return event.data.accountId
      case 'org.account.linked.v1':
        return event.data.id
      default:
        return null
    }
  } catch (error) {
    // The services behind keep dead letters; here such a message costs at most the seconds that its grants are kept.
    if (error instanceof PoisonMessage) return null
    throw error
  }
}

/**
 * Hears from the org service whose offices change. Each gateway process has to hear all of it, hence a group of its
 * own, which is deleted at the end. What was said before it joined does not matter: it knew nothing yet.
 */
export function followOffices(options: {
  kafka: Kafka
  forget: (accountId: string) => void
  log: Log
  onCrash: (error: Error) => void
}) {
  const groupId = `gateway.grants-${randomBytes(8).toString('hex')}`
  const consumer = options.kafka.consumer({
    groupId,
    allowAutoTopicCreation: false,
    sessionTimeout: 6_000,
    heartbeatInterval: 500,
    rebalanceTimeout: 5_000,
    maxWaitTimeInMs: 500,
    retry: consumerRetry,
  })
  const read = async (): Promise<void> => {
    await ensureTopics(options.kafka)
    await insist(async () => {
      await consumer.connect()
      await consumer.subscribe({ topic: 'org.events', fromBeginning: false })
    })
    await consumer.run({
      eachMessage: async ({ message }) => {
        const accountId = accountChangedBy(message.value)
        if (accountId) options.forget(accountId)
      },
    })
  }
  const reading = readOn(consumer, read, options.onCrash)

  return {
    groupId,
    started: reading.started,
    async stop(timeoutMs = 5_000): Promise<void> {
      reading.stop()
      try {
        await within(consumer.disconnect(), timeoutMs, groupId)
        await within(
          withAdmin(options.kafka, admin => admin.deleteGroups([groupId])),
          timeoutMs,
          groupId,
        )
      } catch (error) {
        // Kafka forgets a group without members by itself after a week.
        options.log.warn({ groupId, reason: (error as Error).message }, 'the consumer group was not deleted')
      }
    },
  }
}
