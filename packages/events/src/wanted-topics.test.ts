import { describe, expect, test } from '@jest/globals'
import { z } from 'zod'
import { groupPrefixOf, topicsEnvironment, wantedTopics } from './wanted-topics.ts'

const read = (env: Record<string, string>) => z.object(topicsEnvironment).safeParse(env)

describe('platform how topics and groups are wanted', () => {
  test('platform where nothing is said', () => {
    expect(wantedTopics({})).toEqual({ mode: 'create', partitions: 4, replication: 1, retentionHours: 168 })
    expect(groupPrefixOf({})).toBe('linghang.')
    expect(groupPrefixOf({ KAFKA_GROUP_PREFIX: '' })).toBe('')
  })

  test.each([
    ['KAFKA_TOPICS', 'expect', true],
    ['KAFKA_TOPICS', 'hope', false],
    ['KAFKA_TOPIC_PARTITIONS', '1', true],
    ['KAFKA_TOPIC_PARTITIONS', '0', false],
    ['KAFKA_TOPIC_PARTITIONS', '100', true],
    ['KAFKA_TOPIC_PARTITIONS', '101', false],
    ['KAFKA_TOPIC_REPLICATION', '1', true],
    ['KAFKA_TOPIC_REPLICATION', '0', false],
    ['KAFKA_TOPIC_REPLICATION', '9', true],
    ['KAFKA_TOPIC_REPLICATION', '10', false],
    ['KAFKA_TOPIC_RETENTION_HOURS', '1', true],
    ['KAFKA_TOPIC_RETENTION_HOURS', '0', false],
    // Fourteen days later what was heard is forgotten.
    ['KAFKA_TOPIC_RETENTION_HOURS', '335', true],
    ['KAFKA_TOPIC_RETENTION_HOURS', '336', false],
    ['KAFKA_GROUP_PREFIX', 'city-a.', true],
    ['KAFKA_GROUP_PREFIX', 'x'.repeat(100), true],
    ['KAFKA_GROUP_PREFIX', 'x'.repeat(101), false],
    ['KAFKA_GROUP_PREFIX', 'a b', false],
  ])('platform %s=%s is right: %p', (name, value, wanted) => {
    expect(read({ [name]: value }).success).toBe(wanted)
  })
})
