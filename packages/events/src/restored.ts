import type { RawTx } from '@linghang/access'
import { insertBatch, sqlOf } from '@linghang/database'
import type { Kafka } from 'kafkajs'
import { sql } from 'kysely'
import { parseEvent } from './envelope.ts'
import { withAdmin, within } from './kafka.ts'
import type { Position } from './positions.ts'
import { groupPrefixOf } from './wanted-topics.ts'

/** An event of which its sender, restored to an earlier moment, knows nothing any more: what was acknowledged and is lost. */
export type LostEvent = { id: string; type: string; countyId: string; subject: string; time: string }

/** What a restored sender knows: up to where it had told, and what it had still to tell. */
export type Restored = { positions: Position[]; waiting: Set<string> }

export const readRestored = async (tx: RawTx): Promise<Restored> => {
  const positions = await sqlOf(tx)
    .selectFrom('publishedPosition')
    .select(['topic', 'partition', sql<string>`next_offset::text`.as('nextOffset')])
    .execute()
  const waiting = await sqlOf(tx).selectFrom('outboxEvent').select('id').execute()
  return { positions, waiting: new Set(waiting.map(row => row.id)) }
}

const readTimeoutMs = 600_000

/**
 * Reads what stands in a topic behind the positions of its sender. A message that the sender has still in its outbox is
 * none of the lost: it went out and was not yet noted, and goes out again under the same id.
 * @param lost is given them as they are read, up to 500 at once
 * @returns how many there are
 */
export async function findLost(
  kafka: Kafka,
  topic: string,
  { positions, waiting }: Restored,
  lost: (events: LostEvent[]) => Promise<void>,
): Promise<number> {
  const starts = new Map(positions.filter(at => at.topic === topic).map(at => [at.partition, BigInt(at.nextOffset)]))
  const left = new Map<number, bigint>()
  /** Each is read once, also where reading began before it was told where to. */
  const next = new Map<number, bigint>()
  for (const { partition, high, low } of await withAdmin(kafka, admin => admin.fetchTopicOffsets(topic))) {
    const kept = BigInt(low)
    const start = starts.get(partition)
    if (start === undefined)
      throw new Error(
        `nothing says up to where ${topic}/${partition} was told (数据库中没有该分区的投递位置): nothing is done`,
      )
    const first = start > kept ? start : kept
    if (first >= BigInt(high)) continue
    left.set(partition, BigInt(high))
    next.set(partition, first)
  }
  if (left.size === 0) return 0
  const starting = [...next]
  let found = 0
  const groupId = `restored.${topic}.${process.pid}`
  const consumer = kafka.consumer({ groupId, allowAutoTopicCreation: false })
  try {
    await consumer.connect()
    await consumer.subscribe({ topic, fromBeginning: true })
    const done = new Promise<void>((resolve, reject) => {
      consumer.on(consumer.events.CRASH, ({ payload }) => payload.restart || reject(payload.error))
      consumer
        .run({
          eachBatchAutoResolve: true,
          eachBatch: async ({ batch, heartbeat }) => {
            const end = left.get(batch.partition)
            if (end === undefined) return
            const first = next.get(batch.partition) ?? 0n
            const behind = batch.messages.filter(({ offset }) => BigInt(offset) >= first && BigInt(offset) < end)
            for (let at = 0; at < behind.length; at += 500) {
              const events = behind.slice(at, at + 500).flatMap(({ value }) => readable(value))
              const gone = events.filter(({ id }) => !waiting.has(id))
              found += gone.length
              if (gone.length > 0) await lost(gone)
              await heartbeat()
            }
            const last = BigInt(batch.lastOffset())
            if (last >= first) next.set(batch.partition, last + 1n)
            if (last >= end - 1n) left.delete(batch.partition)
            if (left.size === 0) resolve()
          },
        })
        .catch(reject)
    })
    for (const [partition, offset] of starting) consumer.seek({ topic, partition, offset: String(offset) })
    await within(done, readTimeoutMs, topic)
  } finally {
    await consumer.disconnect()
    await withAdmin(kafka, admin => admin.deleteGroups([groupId])).catch(() => undefined)
  }
  return found
}

/** What nobody can read is nobody's loss: it lies, or comes to lie, with the dead letters. */
function readable(value: Buffer | null): LostEvent[] {
  try {
    const { id, type, countyid: countyId, subject, time } = parseEvent(value)
    return [{ id, type, countyId, subject, time }]
  } catch {
    return []
  }
}

/** Notes events as heard by a group, without their effect. */
export const noteAsHeard = (tx: RawTx, consumer: string, eventIds: readonly string[]): Promise<unknown> =>
  insertBatch(
    sqlOf(tx),
    'processedEvent',
    ['consumer', 'eventId'],
    eventIds.map(eventId => ({ consumer, eventId })),
  )
    .onConflict(met => met.doNothing())
    .execute()

/** Somebody reads with these groups: their services have to be stopped first. */
export class StillRead extends Error {
  override name = 'StillRead'
  readonly groups: readonly string[]
  constructor(groups: readonly string[]) {
    super(`groups that are being read: ${groups.join(', ')}`)
    this.groups = groups
  }
}

/**
 * Groups that read a topic with what they have heard noted in a service's database, by the names they are noted under.
 * @throws StillRead
 */
export async function readersOf(
  kafka: Kafka,
  services: readonly string[],
  prefix = groupPrefixOf({}),
): Promise<Reader[]> {
  return withAdmin(kafka, async admin => {
    const { groups } = await admin.listGroups()
    const readers: Reader[] = []
    for (const { groupId } of groups) {
      const name = groupId.startsWith(prefix) ? groupId.slice(prefix.length) : null
      const service = services.find(candidate => name?.startsWith(`${candidate}.`))
      if (name === null || service === undefined) continue
      const topics = (await admin.fetchOffsets({ groupId })).map(({ topic }) => topic)
      readers.push({ groupId, name, service, topics })
    }
    const described = await admin.describeGroups(readers.map(({ groupId }) => groupId))
    const busy = described.groups.filter(({ members }) => members.length > 0).map(({ groupId }) => groupId)
    if (busy.length > 0) throw new StillRead(busy)
    return readers
  })
}
export type Reader = { groupId: string; name: string; service: string; topics: string[] }

/**
 * Has groups hear again all that Kafka still keeps: one that has no place begins at the oldest message. What its service knows
 * already it leaves out by the id.
 */
export const hearAgain = (kafka: Kafka, readers: readonly Reader[]): Promise<unknown> =>
  withAdmin(kafka, admin => admin.deleteGroups(readers.map(({ groupId }) => groupId)))
