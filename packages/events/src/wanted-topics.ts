import { z } from 'zod'

/** `processed_event` forgets after 14 days what was heard: what Kafka keeps for longer could take effect twice. */
const retentionHoursAtMost = 14 * 24 - 1

/** Who makes topics, and how they are wanted; under which names groups read. */
export const topicsEnvironment = {
  KAFKA_TOPICS: z.enum(['create', 'expect']).optional(),
  KAFKA_TOPIC_PARTITIONS: z.coerce.number().int().min(1).max(100).optional(),
  KAFKA_TOPIC_REPLICATION: z.coerce.number().int().min(1).max(9).optional(),
  KAFKA_TOPIC_RETENTION_HOURS: z.coerce.number().int().min(1).max(retentionHoursAtMost).optional(),
  KAFKA_GROUP_PREFIX: z
    .string()
    .regex(/^[\w.-]{0,100}$/, 'wanted are up to 100 letters, digits, dots, dashes (字母、数字、点、短横线)')
    .optional(),
}
type TopicsEnvironment = Partial<z.infer<z.ZodObject<typeof topicsEnvironment>>>
export type Wanted = { mode: 'create' | 'expect'; partitions: number; replication: number; retentionHours: number }

export const wantedTopics = (env: TopicsEnvironment): Wanted => ({
  mode: env.KAFKA_TOPICS ?? 'create',
  partitions: env.KAFKA_TOPIC_PARTITIONS ?? 4,
  replication: env.KAFKA_TOPIC_REPLICATION ?? 1,
  retentionHours: env.KAFKA_TOPIC_RETENTION_HOURS ?? 168,
})

/** What stands before every consumer group's name, so that a cluster of many can tell whose they are. */
export const groupPrefixOf = (env: TopicsEnvironment): string => env.KAFKA_GROUP_PREFIX ?? 'linghang.'
