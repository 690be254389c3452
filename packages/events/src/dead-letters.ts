import type { AsService, RawTx } from '@linghang/access'
import { anyOf, insertBatch, sqlOf } from '@linghang/database'
import type { Kafka } from 'kafkajs'
import { sql } from 'kysely'
import { createProducer, within } from './kafka.ts'

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
  const kept = letters.map(({ offset, ...letter }) => ({ consumer, logOffset: BigInt(offset), ...letter }))
  await asService(tx =>
    insertBatch(
      sqlOf(tx),
      'deadLetter',
      ['consumer', 'topic', 'partition', 'logOffset', 'eventType', 'key', 'value', 'reason'],
      kept,
    )
      .onConflict(met => met.doNothing())
      .execute(),
  )
}

/** The dead letters of one service, newest first, at most 1,000. */
export const listDeadLetters = (tx: RawTx): Promise<KeptDeadLetter[]> =>
  sqlOf(tx)
    .selectFrom('deadLetter')
    .select(['id', 'consumer', 'topic', 'partition', 'eventType', 'reason', 'failedAt', 'replayedAt'])
    .select(sql<string>`log_offset::text`.as('offset'))
    .orderBy('failedAt', 'desc')
    .limit(1_000)
    .execute()

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
    sqlOf(tx)
      .selectFrom('deadLetter')
      .select(['id', 'topic', 'key', 'value'])
      .where('replayedAt', 'is', null)
      .$if(ids !== null, kept => kept.where('id', '=', anyOf(ids ?? [])))
      .orderBy('topic')
      .orderBy('partition')
      .orderBy('logOffset')
      .limit(1_000)
      .execute(),
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
        sqlOf(tx).updateTable('deadLetter').set({ replayedAt: sql<Date>`now()` }).where('id', '=', letter.id).execute(),
      )
    }
  } finally {
    await producer.disconnect()
  }
  return letters.length
}
