import type { Admin, Kafka } from 'kafkajs'
import { withAdmin } from './kafka.ts'
import { groupPrefixOf } from './wanted-topics.ts'

export type Lag = { group: string; topic: string; partition: number; messages: bigint }

/**
 * Of each partition, what is there and not yet read; where nothing was ever read, all that is still there.
 * @param topics those in question; by default all of which the group has read anything
 */
export async function lagOf(admin: Admin, groupId: string, topics?: readonly string[]): Promise<Omit<Lag, 'group'>[]> {
  const lags: Omit<Lag, 'group'>[] = []
  for (const { topic, partitions } of await admin.fetchOffsets({ groupId, ...(topics && { topics: [...topics] }) })) {
    const ends = new Map((await admin.fetchTopicOffsets(topic)).map(end => [end.partition, end]))
    for (const { partition, offset } of partitions) {
      const { high = '0', low = '0' } = ends.get(partition) ?? {}
      const left = BigInt(high) - (BigInt(offset) < 0n ? BigInt(low) : BigInt(offset))
      lags.push({ topic, partition, messages: left < 0n ? 0n : left })
    }
  }
  return lags
}

/**
 * How many messages each of our groups has yet to read.
 * @param prefix what their names begin with in Kafka, which others may use as well; it is left out of what is given back
 */
export async function measureLag(kafka: Kafka, prefix = groupPrefixOf({})): Promise<Lag[]> {
  return withAdmin(kafka, async admin => {
    const { groups } = await admin.listGroups()
    const lags: Lag[] = []
    for (const { groupId } of groups.filter(group => group.groupId.startsWith(prefix)))
      for (const lag of await lagOf(admin, groupId)) lags.push({ group: groupId.slice(prefix.length), ...lag })
    return lags
  })
}
