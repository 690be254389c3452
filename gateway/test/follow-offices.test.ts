import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { createKafka, createProducer, ensureTopics, withAdmin } from '@linghang/events'
import { createLog } from '@linghang/telemetry'
import type { Producer } from 'kafkajs'
import { followOffices } from '../src/identity/follow-offices.ts'
import { until } from './world.ts'

const log = createLog('test', 'fatal')
const brokers = (process.env.TEST_KAFKA_BROKERS ?? '').split(',')
const kafka = createKafka('gateway-test', brokers, log)
let producer: Producer
beforeAll(async () => {
  await ensureTopics(kafka, ['org.events'])
  producer = createProducer(kafka)
  await producer.connect()
}, 60_000)
afterAll(() => producer.disconnect())

const event = (type: string, data: object) => ({
  specversion: '1.0',
  id: randomUUID(),
  type,
  source: 'org',
  subject: randomUUID(),
  time: new Date().toISOString(),
  datacontenttype: 'application/json',
  countyid: randomUUID(),
  data,
})

const office = (accountId: string) => ({
  id: randomUUID(),
  accountId,
  role: 'SECRETARY',
  orgId: randomUUID(),
  startsOn: '2026-11-22',
  endsOn: null,
})

const say = (...values: (object | string)[]) =>
  producer.send({
    topic: 'org.events',
    messages: values.map(value => ({ key: 'k', value: typeof value === 'string' ? value : JSON.stringify(value) })),
  })

describe('platform a change of office is heard at once', () => {
  test('platform each gateway hears every change of office and account, passes over what it cannot read, and leaves no group behind', async () => {
    const heard: string[][] = [[], []]
    const crashed: Error[] = []
    const followers = heard.map(list =>
      followOffices({ kafka, forget: id => list.push(id), log, onCrash: error => crashed.push(error) }),
    )
    const [appointed, ended, linked, first] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()] as const
    await Promise.all(followers.map(({ started }) => started))
    // Whoever has joined hears this; said again until both have.
    await until(async () => {
      await say(event('org.office.appointed.v1', office(first)))
      return heard.every(list => list.includes(first))
    })
    await say(
      event('org.office.appointed.v1', office(appointed)),
      'not an event',
      event('org.office.ended.v1', office(ended)),
      event('org.account.linked.v1', { id: linked, memberId: null }),
    )
    await until(async () => heard.every(list => list.includes(linked)))
    // Offices of other tests are told on the same topic.
    const own = new Set<string>([appointed, ended, linked])
    for (const list of heard) expect(list.filter(id => own.has(id))).toEqual([appointed, ended, linked])
    await Promise.all(followers.map(follower => follower.stop()))
    const groups = await withAdmin(kafka, admin => admin.listGroups())
    expect(groups.groups.map(({ groupId }) => groupId)).not.toEqual(
      expect.arrayContaining([followers[0]?.groupId as string]),
    )
    expect(crashed).toEqual([])
  }, 60_000)

  test('platform the group of a gateway that was killed is deleted by another, those of gateways that live and of others stay', async () => {
    const env = { KAFKA_GROUP_PREFIX: `swept-${randomUUID().slice(0, 8)}.` }
    const groupsNow = async () =>
      (await withAdmin(kafka, admin => admin.listGroups())).groups
        .map(({ groupId }) => groupId)
        .filter(groupId => groupId.startsWith(env.KAFKA_GROUP_PREFIX))
        .map(groupId => groupId.slice(env.KAFKA_GROUP_PREFIX.length))
    const onCrash = (error: Error) => {
      throw error
    }
    // What a kill leaves: a group with offsets and nobody in it. One without offsets the broker itself deletes at its next look.
    const leave = (name: string) =>
      withAdmin(kafka, admin =>
        admin.setOffsets({
          groupId: `${env.KAFKA_GROUP_PREFIX}${name}`,
          topic: 'org.events',
          partitions: [{ partition: 0, offset: '0' }],
        }),
      )
    await leave('gateway.grants-killed')
    await leave('org.people')
    const living = followOffices({ kafka, env, forget: () => undefined, log, onCrash, firstSweepMs: 60_000 })
    await living.started
    await until(async () => (await groupsNow()).length === 3)
    const sweeping = followOffices({ kafka, env, forget: () => undefined, log, onCrash, firstSweepMs: 3_000 })
    await sweeping.started
    await until(async () => !(await groupsNow()).includes('gateway.grants-killed'))
    const short = (groupId: string) => groupId.slice(env.KAFKA_GROUP_PREFIX.length)
    expect((await groupsNow()).toSorted()).toEqual(
      [short(living.groupId), short(sweeping.groupId), 'org.people'].toSorted(),
    )
    await Promise.all([living.stop(), sweeping.stop()])
    expect(await groupsNow()).toEqual(['org.people'])
  }, 60_000)
})
