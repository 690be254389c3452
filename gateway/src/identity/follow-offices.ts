import { randomBytes } from 'node:crypto'
import {
  consumerRetry,
  ensureTopics,
  groupPrefixOf,
  insist,
  PoisonMessage,
  parseEvent,
  readOn,
  wantedTopics,
  withAdmin,
  within,
} from '@linghang/events'
import type { Log } from '@linghang/telemetry'
import type { Kafka } from 'kafkajs'

const topic = 'org.events'
const purpose = 'gateway.grants-'
/** What the gateway hears. Each of its processes has a group of its own, whose name begins so. */
export const gatewayHearing = { group: purpose, topics: [topic] }
/** A member that was killed is in its group for as long as its session lasts. */
const firstSweepMs = 15_000
const sweepMs = 600_000

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
 * own, which is deleted at the end. What was said before it joined does not matter: it knew nothing yet. Of gateways that
 * were killed the others delete the groups, so that there are never more of them than of those killed in ten minutes.
 */
export function followOffices(options: {
  kafka: Kafka
  /** How its topic is wanted, and what stands before its group's name: of `kafkaEnvironment`. */
  env?: Parameters<typeof wantedTopics>[0]
  forget: (accountId: string) => void
  /** Throws where Kafka does not let this process into its group. */
  mayRead?: (groupIds: string[]) => Promise<void>
  log: Log
  onCrash: (error: Error) => void
  firstSweepMs?: number
}) {
  const { env = {} } = options
  const ours = `${groupPrefixOf(env)}${purpose}`
  const groupId = `${ours}${randomBytes(8).toString('hex')}`
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
    await ensureTopics(options.kafka, [topic], wantedTopics(env))
    await options.mayRead?.([groupId])
    await insist(async () => {
      await consumer.connect()
      await consumer.subscribe({ topic, fromBeginning: false })
    })
    await consumer.run({
      eachMessage: async ({ message }) => {
        const accountId = accountChangedBy(message.value)
        if (accountId) options.forget(accountId)
      },
    })
  }
  const reading = readOn(consumer, read, options.onCrash)
  const sweep = async (): Promise<void> => {
    try {
      const left = await dropEmptyGroups(options.kafka, ours)
      if (left.length > 0) options.log.info({ groups: left.length }, 'groups of gateways that were killed are deleted')
    } catch (error) {
      options.log.warn({ reason: (error as Error).message }, 'groups of gateways that were killed stay for now')
    }
  }
  const timers = [setTimeout(sweep, options.firstSweepMs ?? firstSweepMs), setInterval(sweep, sweepMs)]
  for (const timer of timers) timer.unref()

  return {
    groupId,
    started: reading.started,
    async stop(timeoutMs = 5_000): Promise<void> {
      reading.stop()
      for (const timer of timers) clearTimeout(timer)
      try {
        await within(consumer.disconnect(), timeoutMs, groupId)
        await within(
          withAdmin(options.kafka, admin => admin.deleteGroups([groupId])),
          timeoutMs,
          groupId,
        )
      } catch (error) {
        // Another gateway will find it empty; Kafka forgets it by itself after a week.
        options.log.warn({ groupId, reason: (error as Error).message }, 'the consumer group was not deleted')
      }
    },
  }
}

/** Whoever else deletes one, or joins it anew, at the same moment is no fault: it is looked at again the next time. */
const passing = ['GROUP_ID_NOT_FOUND', 'NON_EMPTY_GROUP']

/** Deletes the groups of that prefix in which nobody is. @returns those that it found */
async function dropEmptyGroups(kafka: Kafka, prefix: string): Promise<string[]> {
  return withAdmin(kafka, async admin => {
    const { groups } = await admin.listGroups()
    const named = groups.map(({ groupId }) => groupId).filter(groupId => groupId.startsWith(prefix))
    if (named.length === 0) return []
    const described = await admin.describeGroups(named)
    const empty = described.groups.filter(({ state }) => state === 'Empty').map(({ groupId }) => groupId)
    await admin.deleteGroups(empty).catch(error => {
      const faults: { error: { type?: string } }[] = error.groups ?? [{ error }]
      if (!faults.every(fault => passing.includes(fault.error.type ?? ''))) throw error
    })
    return empty
  })
}
