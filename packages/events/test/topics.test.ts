import { randomUUID } from 'node:crypto'
import { describe, expect, jest, test } from '@jest/globals'
import { surroundings } from '@linghang/harness/surroundings'
import { createKafka, ensureTopics, measureLag, TopicsUnfit, wantedTopics, withAdmin } from '../src/index.ts'

jest.setTimeout(60_000)

const kafka = createKafka('topics', surroundings().kafkaBrokers.split(','), { warn: () => undefined })
const newName = () => `topics-${randomUUID()}`
const expected = (env: Parameters<typeof wantedTopics>[0] = {}) => wantedTopics({ ...env, KAFKA_TOPICS: 'expect' })

describe('platform topics, made or expected', () => {
  test('platform those that are missing are made as they are wanted, twice is no fault, and those that are there stay', async () => {
    const [one, other] = [newName(), newName()]
    const wanted = wantedTopics({ KAFKA_TOPIC_PARTITIONS: 3, KAFKA_TOPIC_RETENTION_HOURS: 24 })
    await Promise.all([ensureTopics(kafka, [one], wanted), ensureTopics(kafka, [one], wanted)])
    await ensureTopics(kafka, [one, other], wantedTopics({ KAFKA_TOPIC_PARTITIONS: 5 }))
    const made = await withAdmin(kafka, async admin => ({
      ...(await admin.fetchTopicMetadata({ topics: [one, other] })),
      configs: await admin.describeConfigs({
        includeSynonyms: false,
        resources: [{ type: 2, name: one, configNames: ['retention.ms'] }],
      }),
    }))
    const partitions = Object.fromEntries(made.topics.map(topic => [topic.name, topic.partitions.length]))
    expect(partitions).toEqual({ [one]: 3, [other]: 5 })
    expect(made.configs.resources[0]?.configEntries[0]?.configValue).toBe(String(24 * 3_600_000))
  })

  test('platform a topic that is expected and missing is named, and is not made', async () => {
    const name = newName()
    const fault = await ensureTopics(kafka, [name], expected()).catch(error => error)
    expect(fault).toBeInstanceOf(TopicsUnfit)
    expect(fault.message).toContain(`Kafka has no topic ${name}`)
    expect(await withAdmin(kafka, admin => admin.listTopics())).not.toContain(name)
  })

  test.each([
    ['as many partitions as wanted', { KAFKA_TOPIC_PARTITIONS: 4 }, null],
    ['more of them than wanted', { KAFKA_TOPIC_PARTITIONS: 3 }, null],
    ['fewer of them than wanted', { KAFKA_TOPIC_PARTITIONS: 5 }, '4 partitions, KAFKA_TOPIC_PARTITIONS 5'],
    ['fewer copies than wanted', { KAFKA_TOPIC_REPLICATION: 2 }, '1 replicas, KAFKA_TOPIC_REPLICATION 2'],
  ])('platform a topic that is expected and has %s', async (_, env, said) => {
    const name = newName()
    await ensureTopics(kafka, [name], wantedTopics({}))
    const judged = ensureTopics(kafka, [name], expected(env))
    await (said === null ? expect(judged).resolves.toBeUndefined() : expect(judged).rejects.toThrow(said))
  })
})

test('platform the lag is told of groups with our prefix alone, by their names without it', async () => {
  const topic = newName()
  await ensureTopics(kafka, [topic])
  const [ours, others] = [`ours-${randomUUID()}.`, `others-${randomUUID()}.`]
  await withAdmin(kafka, async admin => {
    for (const prefix of [ours, others])
      await admin.setOffsets({ groupId: `${prefix}dues.reads`, topic, partitions: [{ partition: 0, offset: '0' }] })
  })
  expect(await measureLag(kafka, ours)).toEqual([{ group: 'dues.reads', topic, partition: 0, messages: 0n }])
})
