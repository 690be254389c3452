import type { AsService, RawTx } from '@linghang/access'
import type { Kafka } from 'kafkajs'
import { createProducer, withAdmin, within } from './kafka.ts'

export type DeadLetter = {
  topic: string
  partition: number
  offset: string
  eventType: string | null
  key: Buffer | null
  value: Buffer | null
  /** Why it could not be read: names and codes, never the values. */
  reason: string
}

export type KeptDeadLetter = Omit<DeadLetter, 'key' | 'value'> & {
  id: string
  consumer: string
  failedAt: Date
  replayedAt: Date | null
}

export async function keepDeadLetters<Tx extends RawTx>(
  asService: AsService<Tx>,
  consumer: string,
  letters: readonly DeadLetter[],
): Promise<void> {
  await asService(async tx => {
    for (const letter of letters) {
      await tx.$executeRawUnsafe(
        `insert into dead_letter (consumer, topic, partition, log_offset, event_type, key, value, reason)
         values ($1, $2, $3, $4::bigint, $5, $6, $7, $8) on conflict do nothing`,
        consumer,
        letter.topic,
        letter.partition,
        letter.offset,
        letter.eventType,
        letter.key,
        letter.value,
        letter.reason,
      )
    }
  })
}

/** The dead letters of one service, newest first, at most 1,000. */
export async function listDeadLetters(tx: RawTx): Promise<KeptDeadLetter[]> {
  const rows = await tx.$queryRawUnsafe<Record<string, unknown>[]>(
    'select id, consumer, topic, partition, log_offset::text, event_type, reason, failed_at, replayed_at from dead_letter order by failed_at desc limit 1000',
  )
  return rows.map(row => ({
    id: row.id as string,
    consumer: row.consumer as string,
    topic: row.topic as string,
    partition: row.partition as number,
    offset: row.log_offset as string,
    eventType: row.event_type as string | null,
    reason: row.reason as string,
    failedAt: row.failed_at as Date,
    replayedAt: row.replayed_at as Date | null,
  }))
}

/**
 * Puts dead letters back on their topic, in the order in which they failed, and notes when. Every group of the topic
 * hears them again; those that have already taken them leave them out by their id.
 * @param ids those to replay; null takes all that were not replayed yet (1,000 at most a call)
 * @returns how many were sent
 */
export async function replayDeadLetters<Tx extends RawTx>(
  asService: AsService<Tx>,
  kafka: Kafka,
  ids: readonly string[] | null,
): Promise<number> {
  const letters = await asService(tx =>
    tx.$queryRawUnsafe<{ id: string; topic: string; key: Uint8Array | null; value: Uint8Array | null }[]>(
      `select id, topic, key, value from dead_letter
       where replayed_at is null and ($1::uuid[] is null or id = any ($1::uuid[]))
       order by topic, partition, log_offset limit 1000`,
      ids,
    ),
  )
  const producer = createProducer(kafka)
  await within(producer.connect(), 30_000, 'Kafka')
  try {
    for (const letter of letters) {
      await within(
        producer.send({
          topic: letter.topic,
          acks: -1,
          messages: [{ key: letter.key && Buffer.from(letter.key), value: letter.value && Buffer.from(letter.value) }],
        }),
        30_000,
        'Kafka',
      )
      await asService(tx =>
        tx.$executeRawUnsafe('update dead_letter set replayed_at = now() where id = $1::uuid', letter.id),
      )
    }
  } finally {
    await producer.disconnect()
  }
  return letters.length
}

export type Lag = { group: string; topic: string; partition: number; messages: bigint }

/** How many messages each group has yet to read. */
export async function measureLag(kafka: Kafka): Promise<Lag[]> {
  return withAdmin(kafka, async admin => {
    const { groups } = await admin.listGroups()
    const lags: Lag[] = []
    for (const { groupId } of groups) {
      for (const { topic, partitions } of await admin.fetchOffsets({ groupId })) {
        const ends = new Map((await admin.fetchTopicOffsets(topic)).map(end => [end.partition, BigInt(end.high)]))
        for (const { partition, offset } of partitions) {
          const read = BigInt(offset) < 0n ? 0n : BigInt(offset)
          lags.push({ group: groupId, topic, partition, messages: (ends.get(partition) ?? 0n) - read })
        }
      }
    }
    return lags
  })
}
