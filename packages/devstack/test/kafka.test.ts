import { chmod, mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals'
import { Kafka, logLevel, Partitioners } from 'kafkajs'
import { provision, startKafka } from '../src/index.ts'
import { crash, createScratch, quiet, rejection } from './scratch.ts'

const scratch = createScratch()
jest.setTimeout(120_000)
afterAll(() => scratch.clean())

const kept = { ...process.env }
beforeEach(() => {
  process.env = { ...kept }
})
afterEach(() => {
  process.env = { ...kept }
})

const connect = (brokers: string) => new Kafka({ brokers: [brokers], clientId: 'test', logLevel: logLevel.NOTHING })

const fakeJava = async (version: string): Promise<string> => {
  const folder = await scratch.folder()
  await writeFile(join(folder, 'java'), `#!/bin/sh\necho 'openjdk version "${version}" 2020-01-01' >&2\n`)
  await chmod(join(folder, 'java'), 0o755)
  return folder
}

describe('platform Kafka on a laptop', () => {
  test('platform Kafka keeps what was acknowledged over kill -9', async () => {
    await provision(quiet)
    const stateDir = await scratch.folder()
    const first = scratch.ended(await startKafka({ stateDir, report: quiet }))
    const admin = connect(first.brokers).admin()
    await admin.connect()
    await admin.createTopics({ topics: [{ topic: 'kept', numPartitions: 1 }], waitForLeaders: true })
    await admin.disconnect()
    const producer = connect(first.brokers).producer({ createPartitioner: Partitioners.DefaultPartitioner })
    await producer.connect()
    await producer.send({ topic: 'kept', acks: -1, messages: [{ key: 'k', value: 'v' }] })
    await producer.disconnect()
    await crash(first)
    const second = scratch.ended(await startKafka({ stateDir, report: quiet }))
    expect(second.brokers).toBe(first.brokers)
    const offsets = connect(second.brokers).admin()
    await offsets.connect()
    const found = await offsets.fetchTopicOffsets('kept')
    await offsets.disconnect()
    expect(found).toMatchObject([{ partition: 0, high: '1' }])
  })

  test.each([
    { version: '16.0.2', major: 16 },
    { version: '1.8.0_292', major: 8 },
  ])('platform names a Java that is too old ($version) and what to do', async ({ version, major }) => {
    process.env.PATH = await fakeJava(version)
    delete process.env.JAVA_HOME
    const error = await rejection(startKafka({ stateDir: await scratch.folder(), report: quiet }))
    expect(error).toMatchObject({
      code: 'JAVA_TOO_OLD',
      zh: expect.stringMatching(new RegExp(`Java ${major}：请安装`)),
      en: expect.stringMatching(new RegExp(`Java ${major}: install a newer Java`)),
    })
  })

  test('platform says what to do where there is neither Java nor a way to fetch one', async () => {
    const empty = await scratch.folder()
    process.env.PATH = empty
    process.env.XDG_CACHE_HOME = empty
    delete process.env.JAVA_HOME
    const error = await rejection(startKafka({ stateDir: await scratch.folder(), report: quiet }))
    expect(error).toMatchObject({ code: 'JAVA_MISSING', en: expect.stringContaining('install Java 17 or newer') })
  })

  test('platform says which log to read, with its last lines, when a server dies while starting', async () => {
    const stateDir = await scratch.folder()
    await mkdir(join(stateDir, 'kafka', 'data'), { recursive: true })
    await writeFile(join(stateDir, 'kafka', 'data', 'meta.properties'), 'version=1\ncluster.id=damaged\n')
    const error = await rejection(startKafka({ stateDir, report: quiet }))
    const log = join(stateDir, 'logs', 'kafka.log')
    expect(error).toMatchObject({
      code: 'SERVER_DIED',
      zh: expect.stringMatching(/启动时退出[\s\S]*meta\.properties/),
      en: expect.stringContaining(log),
    })
  })
})
