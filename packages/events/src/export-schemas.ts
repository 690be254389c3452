import { mkdirSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { z } from 'zod'
import { catalogue, type EventType, eventTypes, topicOf, topics } from './catalogue.ts'
import { envelopeSchema } from './envelope.ts'
import { wantedTopics } from './wanted-topics.ts'

type Schema = z.core.JSONSchema.BaseSchema

/** One event as it travels: the envelope with its own type and data (JSON Schema 2020-12). */
function schemaOf(type: EventType): Schema {
  const whole = envelopeSchema.extend({ type: z.literal(type), data: catalogue[type] })
  return { title: type, ...z.toJSONSchema(whole, { io: 'input' }) }
}

const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`

/** AsyncAPI wants component keys without dots in them. */
const messageName = (type: string): string => type.replaceAll('.', '_')

function asyncApi(): object {
  const typesOf = (topic: string) => eventTypes.filter(type => topicOf(type) === topic)
  const channelName = (topic: string) => messageName(topic)
  return {
    asyncapi: '3.0.0',
    info: {
      title: 'Linghang events',
      version: '1.0.0',
      description:
        'What one service tells another, as CloudEvents in JSON on Kafka. Delivery is at least once: take each id once. The order of one key is kept; a key begins with the county.',
    },
    defaultContentType: 'application/cloudevents+json',
    channels: Object.fromEntries(
      topics.map(topic => [
        channelName(topic),
        {
          address: topic,
          messages: Object.fromEntries(
            typesOf(topic).map(type => [messageName(type), { $ref: `#/components/messages/${messageName(type)}` }]),
          ),
          bindings: { kafka: { topic, partitions: wantedTopics({}).partitions } },
        },
      ]),
    ),
    operations: Object.fromEntries(
      topics.map(topic => [
        `receive_${channelName(topic)}`,
        { action: 'receive', channel: { $ref: `#/channels/${channelName(topic)}` } },
      ]),
    ),
    components: {
      messages: Object.fromEntries(
        eventTypes.map(type => [messageName(type), { name: type, payload: { $ref: `./${type}.json` } }]),
      ),
    },
  }
}

/** Every file that describes the events, by name: one JSON Schema a type, and the AsyncAPI document of the topics. */
export const eventDocuments = (): Record<string, string> => ({
  ...Object.fromEntries(eventTypes.map(type => [`${type}.json`, json(schemaOf(type))])),
  'asyncapi.json': json(asyncApi()),
})

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const folder = resolve(process.argv[2] ?? 'docs/events')
  mkdirSync(folder, { recursive: true })
  for (const [name, text] of Object.entries(eventDocuments())) writeFileSync(join(folder, name), text)
}
