import type { Kafka, Message, RecordMetadata, TopicMessages } from 'kafkajs'
import { withAdmin } from './kafka.ts'

/** The first place of a partition at which nothing of this service stands yet. */
export type Position = { topic: string; partition: number; nextOffset: string }

/**
 * Where each partition stands after a batch, of which Kafka tells where it begins.
 * @param placed to which partition each message went
 */
export async function positionsAfter(
  kafka: Kafka,
  sent: readonly TopicMessages[],
  written: readonly RecordMetadata[],
  placed: WeakMap<Message, number>,
): Promise<Position[]> {
  const positions: Position[] = []
  for (const { topicName: topic, partition, baseOffset } of written) {
    const messages = sent.find(batch => batch.topic === topic)?.messages ?? []
    const count = messages.filter(message => placed.get(message) === partition).length
    // Of a batch that it had already, a broker may say no place: then the partition's end, since nobody else writes there.
    const nextOffset =
      baseOffset === undefined || Number(baseOffset) < 0
        ? await endOf(kafka, topic, partition)
        : BigInt(baseOffset) + BigInt(count)
    positions.push({ topic, partition, nextOffset: String(nextOffset) })
  }
  return positions
}

const endOf = async (kafka: Kafka, topic: string, partition: number): Promise<bigint> =>
  BigInt((await endsOf(kafka, [topic])).find(end => end.partition === partition)?.nextOffset ?? 0)

/** Where a service's topics end: what its relay has told, since it alone writes there. */
export const endsOf = (kafka: Kafka, topics: readonly string[]): Promise<Position[]> =>
  withAdmin(kafka, async admin => {
    const ends = await Promise.all(
      topics.map(async topic =>
        (await admin.fetchTopicOffsets(topic)).map(({ partition, high }) => ({ topic, partition, nextOffset: high })),
      ),
    )
    return ends.flat()
  })
