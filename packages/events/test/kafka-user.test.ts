import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals'
import { type KafkaServer, startKafka } from '@linghang/devstack'
import {
  createKafka,
  createProducer,
  ensureTopics,
  type KafkaEnvironment,
  kafkaSecurityOf,
  withAdmin,
} from '../src/index.ts'

jest.setTimeout(120_000)

const user = { username: 'org', password: 'not for everybody' }
let folder: string
let server: KafkaServer
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'linghang-kafka-user-'))
  server = await startKafka({ stateDir: folder, report: () => undefined, user })
})
afterAll(async () => {
  await server?.stop()
  await rm(folder, { recursive: true, force: true })
})

const kafkaFor = (env: KafkaEnvironment) =>
  createKafka('test', server.brokers.split(','), { warn: () => undefined }, kafkaSecurityOf(env))
const known: KafkaEnvironment = {
  KAFKA_SECURITY_PROTOCOL: 'SASL_PLAINTEXT',
  KAFKA_SASL_MECHANISM: 'PLAIN',
  KAFKA_SASL_USERNAME: user.username,
  KAFKA_SASL_PASSWORD: user.password,
}

describe('platform a Kafka that wants to know who speaks', () => {
  test('platform takes topics and events of whom it knows', async () => {
    const kafka = kafkaFor(known)
    await ensureTopics(kafka, ['org.events'])
    const producer = createProducer(kafka)
    await producer.connect()
    await producer.send({ topic: 'org.events', acks: -1, messages: [{ key: 'k', value: 'v' }] })
    await producer.disconnect()
    const offsets = await withAdmin(kafka, admin => admin.fetchTopicOffsets('org.events'))
    expect(offsets.reduce((sum, { high }) => sum + Number(high), 0)).toBe(1)
  })

  test.each<[string, KafkaEnvironment]>([
    ['another password', { ...known, KAFKA_SASL_PASSWORD: 'a guess' }],
    ['no name', {}],
  ])('platform answers nobody with %s', async (_, env) => {
    await expect(withAdmin(kafkaFor(env), admin => admin.listTopics(), 5_000)).rejects.toThrow()
  })
})
