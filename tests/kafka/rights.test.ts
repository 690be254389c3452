import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals'
import type { IdentityProvider, KafkaServer } from '@linghang/devstack'
import { createKafka, createProducer, ensureTopics, insist, kafkaSecurityOf, topics, withAdmin } from '@linghang/events'
import { certificateAuthority } from '@linghang/harness/certificates'
import {
  allow,
  contract,
  doorsOf,
  operatorOf,
  passwordOf,
  processNames,
  standKafka,
  standProvider,
} from './stand-kafka.ts'

jest.setTimeout(120_000)

let folder: string
let provider: IdentityProvider
let server: KafkaServer
let caFile: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'linghang-rights-'))
  provider = await standProvider(folder)
  const authority = certificateAuthority(folder)
  caFile = authority.caFile
  const doors = doorsOf(authority, provider)
  server = await standKafka(folder, doors)
  const operator = operatorOf(server, doors)
  await ensureTopics(operator, topics)
  await allow(operator, 'expect')
  // The first question about a group has Kafka make the topic in which places are kept: until then it knows no coordinator.
  await insist(() => withAdmin(operator, admin => admin.fetchOffsets({ groupId: 'operator', topics: ['org.events'] })))
})
afterAll(async () => {
  await server?.stop()
  await provider?.stop()
  await rm(folder, { recursive: true, force: true })
})

const as = (name: string) =>
  createKafka(
    name,
    [server.doors?.scram ?? ''],
    { warn: () => undefined },
    kafkaSecurityOf({
      ...{ KAFKA_SECURITY_PROTOCOL: 'SASL_SSL', KAFKA_CA_FILE: caFile },
      ...{ KAFKA_SASL_USERNAME: name, KAFKA_SASL_PASSWORD: passwordOf(name) },
    }),
  )
// The client asks every broker for a group's coordinator and keeps to itself why none of them says it.
const denied = /not authorized|authorization failed|Failed to find group coordinator/i
const wordsOf = (error: unknown): string =>
  [error, ...((error as { errors?: unknown[] }).errors ?? [])].map(each => (each as Error).message).join('; ')
const outcome = async (work: () => Promise<unknown>): Promise<'allowed' | 'denied'> => {
  try {
    await work()
    return 'allowed'
  } catch (error) {
    if (!denied.test(wordsOf(error))) throw error
    return 'denied'
  }
}
const may = (list: readonly string[], one: string) => (list.includes(one) ? 'allowed' : 'denied')

async function write(name: string, topic: string): Promise<void> {
  const producer = createProducer(as(name))
  await producer.connect()
  try {
    await producer.send({ topic, acks: -1, messages: [{ key: 'k', value: 'v' }] })
  } finally {
    await producer.disconnect()
  }
}

/** Joins the group and reads what is there. */
async function read(name: string, topic: string, groupId: string): Promise<void> {
  const consumer = as(name).consumer({
    groupId,
    allowAutoTopicCreation: false,
    maxWaitTimeInMs: 100,
    retry: { retries: 0 },
  })
  const { promise: heard, resolve, reject } = Promise.withResolvers<void>()
  consumer.on(consumer.events.CRASH, ({ payload }) => reject(payload.error))
  consumer.on(consumer.events.FETCH, () => resolve())
  try {
    await consumer.connect()
    await consumer.subscribe({ topic, fromBeginning: true })
    await consumer.run({ eachMessage: async () => undefined })
    await heard
  } finally {
    await consumer.disconnect()
  }
}

const every = processNames.flatMap(name => topics.map(topic => [name, topic] as const))
const groupOf = (name: string) => `linghang.${contract.processes[name]?.groups[0]}`

describe('platform on a Kafka that denies, with the rights of docs/events/access.json', () => {
  test.each(every)(
    'platform %s and the topic %s: what is in its list goes, what is not is refused',
    async (name, topic) => {
      const { writes = [], reads = [] } = contract.processes[name] ?? {}
      expect({
        writes: await outcome(() => write(name, topic)),
        reads: await outcome(() => read(name, topic, groupOf(name))),
      }).toEqual({ writes: may(writes, topic), reads: may(reads, topic) })
    },
  )

  test.each(processNames)('platform %s takes part in no other’s groups, and sees none of them', async name => {
    const other = name === 'org' ? 'members' : 'org'
    const readable = contract.processes[name]?.reads[0] ?? ''
    expect(await outcome(() => read(name, readable, groupOf(other)))).toBe('denied')
    expect(await outcome(() => read(name, readable, 'somebody.else'))).toBe('denied')
    const { groups } = await withAdmin(as(name), admin => admin.listGroups())
    expect(groups.filter(({ groupId }) => !groupId.startsWith(`linghang.${name}.`))).toEqual([])
  })

  test.each(processNames)('platform %s makes no topics, and knows of no others than its own', async name => {
    const more = { topics: [{ topic: 'more.events' }], waitForLeaders: false }
    expect(await outcome(() => withAdmin(as(name), admin => admin.createTopics(more)))).toBe('denied')
    const { writes = [], reads = [] } = contract.processes[name] ?? {}
    const seen = await withAdmin(as(name), admin => admin.listTopics())
    expect(seen.sort()).toEqual([...new Set([...writes, ...reads])].sort())
  })
})
