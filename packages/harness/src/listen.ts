import { randomUUID } from 'node:crypto'
import { createKafka, type Event, type EventType, parseEvent } from '@linghang/events'
import { surroundings } from './surroundings.ts'

/**
 * Hears what is told in a topic from now on, as another service would. What was told before is not read: the tests of a run
 * share their servers, and whoever read it all would be the later the more there are.
 * @param types which events are kept
 */
export async function listen<Type extends EventType>(topic: string, types: readonly Type[]) {
  const kafka = createKafka('test', surroundings().kafkaBrokers.split(','), { warn: () => undefined })
  const admin = kafka.admin()
  await admin.connect()
  const ends = await admin.fetchTopicOffsets(topic).finally(() => admin.disconnect())
  const consumer = kafka.consumer({ groupId: `test.listen-${randomUUID()}`, maxWaitTimeInMs: 100 })
  const heard: Event<Type>[] = []
  await consumer.connect()
  await consumer.subscribe({ topics: [topic], fromBeginning: true })
  await consumer.run({
    eachMessage: async ({ message }) => {
      const event = parseEvent(message.value)
      if ((types as readonly EventType[]).includes(event.type)) heard.push(event as Event<Type>)
    },
  })
  for (const { partition, high } of ends) consumer.seek({ topic, partition, offset: high })
  return { heard, stop: () => consumer.disconnect() }
}
