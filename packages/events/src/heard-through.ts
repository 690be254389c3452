import { setTimeout } from 'node:timers/promises'
import type { Admin, Kafka } from 'kafkajs'
import { topics } from './catalogue.ts'
import { withAdmin } from './kafka.ts'
import { groupPrefixOf } from './wanted-topics.ts'

const lookEveryMs = 300

type Ends = ReadonlyMap<string, ReadonlyMap<number, bigint>>

const endsOf = async (admin: Admin): Promise<Ends> =>
  new Map(
    await Promise.all(
      topics.map(async topic => {
        const ends = await admin.fetchTopicOffsets(topic)
        return [
          topic,
          new Map(ends.filter(({ high, low }) => high !== low).map(end => [end.partition, BigInt(end.high)])),
        ] as const
      }),
    ),
  )

/** Whether a group has read what it reads up to there. One that has read nothing of a topic does not read it. */
async function isThrough(admin: Admin, groupId: string, ends: Ends): Promise<boolean> {
  for (const { topic, partitions } of await admin.fetchOffsets({ groupId })) {
    const wanted = ends.get(topic)
    for (const { partition, offset } of partitions) if (BigInt(offset) < (wanted?.get(partition) ?? -1n)) return false
  }
  return true
}

/**
 * Waits until all groups of the services have read what is in the topics now.
 * @throws Error when one of them has not in time
 */
export const heardThrough = (
  kafka: Kafka,
  services: readonly string[],
  prefix = groupPrefixOf({}),
  timeoutMs: number,
): Promise<void> =>
  withAdmin(
    kafka,
    async admin => {
      const ends = await endsOf(admin)
      const { groups } = await admin.listGroups()
      const ours = groups
        .map(({ groupId }) => groupId)
        .filter(groupId => services.some(service => groupId.startsWith(`${prefix}${service}.`)))
      for (const groupId of ours)
        for (
          const end = Date.now() + timeoutMs;
          !(await isThrough(admin, groupId, ends));
          await setTimeout(lookEveryMs)
        )
          if (Date.now() > end) throw new Error(`${groupId} has not read what was there`)
    },
    timeoutMs + 60_000,
  )
