import type { Admin, Kafka } from 'kafkajs'
import { insist, withAdmin } from './kafka.ts'
import { type Wanted, wantedTopics } from './wanted-topics.ts'

/** Topics are not as they are expected; no waiting mends that. */
export class TopicsUnfit extends Error {
  override name = 'TopicsUnfit'
  readonly retriable = false
}

/**
 * Sees to it that topics are there: makes those that are missing, or with `expect` looks whether whoever made them made
 * them as they are wanted. Several processes may do so at once.
 * @param names the topics that this process writes and reads: of others it need not know
 * @throws TopicsUnfit
 */
export async function ensureTopics(kafka: Kafka, names: readonly string[], wanted: Wanted = wantedTopics({})) {
  await insist(() =>
    withAdmin(kafka, async admin => {
      const there = new Set(await admin.listTopics())
      const missing = names.filter(topic => !there.has(topic))
      if (wanted.mode === 'expect') return judge(admin, names, missing, wanted)
      if (missing.length > 0)
        await admin
          .createTopics({
            topics: missing.map(topic => ({
              topic,
              numPartitions: wanted.partitions,
              replicationFactor: wanted.replication,
              configEntries: [{ name: 'retention.ms', value: String(wanted.retentionHours * 3_600_000) }],
            })),
            waitForLeaders: true,
          })
          .catch(error => {
            throw othersMake(error)
          })
    }),
  )
}

/**
 * Where each service may make its own topic alone, the others' are waited for: theirs make them.
 * @returns what says so and may pass, or the fault itself
 */
function othersMake(error: { errors?: { type?: string; topic?: string }[] }): unknown {
  const denied = (error.errors ?? []).filter(({ type }) => type === 'TOPIC_AUTHORIZATION_FAILED')
  if (denied.length === 0) return error
  return new Error(
    `Kafka has no topic ${denied.map(({ topic }) => topic).join(', ')} that this user may see, and lets it make none: whose topic it is has not made it, or an ACL is missing (主题尚未由其所有者创建，或缺少 ACL；见 docs/events/access.json)`,
  )
}

async function judge(
  admin: Admin,
  names: readonly string[],
  missing: readonly string[],
  wanted: Wanted,
): Promise<void> {
  if (missing.length > 0)
    throw new TopicsUnfit(
      `KAFKA_TOPICS=expect, and Kafka has no topic ${missing.join(', ')}, or hides it from this user (没有这些主题，或该用户无权查看)`,
    )
  const { topics } = await admin.fetchTopicMetadata({ topics: [...names] })
  const unfit = topics.flatMap(({ name, partitions }) => {
    const copies = Math.min(...partitions.map(({ replicas }) => replicas.length))
    return [
      ...(partitions.length < wanted.partitions
        ? [`${name}: ${partitions.length} partitions, KAFKA_TOPIC_PARTITIONS ${wanted.partitions}`]
        : []),
      ...(copies < wanted.replication
        ? [`${name}: ${copies} replicas, KAFKA_TOPIC_REPLICATION ${wanted.replication}`]
        : []),
    ]
  })
  if (unfit.length > 0)
    throw new TopicsUnfit(`KAFKA_TOPICS=expect, topics are smaller than wanted (主题不符合要求): ${unfit.join('; ')}`)
}
