import { createKafka, insist, withAdmin } from './kafka.ts'
import type { KafkaSecurity } from './kafka-security.ts'

/** Kafka does not let this user read in a group. */
export class GroupRefused extends Error {
  override name = 'GroupRefused'
  readonly retriable = false
}

/**
 * Asks whether Kafka lets this user into its groups, before it joins one. The client throws the same of a group that is denied
 * and of one whose broker is away, and would wait for it for ever; only what it logs tells them apart.
 * @throws GroupRefused
 */
export async function requireGroups(
  clientId: string,
  brokers: string[],
  security: KafkaSecurity,
  groupIds: readonly string[],
): Promise<void> {
  if (groupIds.length === 0) return
  let isDenied = false
  const warn = ({ reason }: { reason?: unknown }): void => {
    isDenied ||= /not authorized to access group/i.test(String(reason))
  }
  const kafka = createKafka(clientId, brokers, { warn }, security)
  await insist(() =>
    withAdmin(kafka, async admin => {
      await admin.describeGroups([...groupIds]).catch(error => {
        if (isDenied)
          throw new GroupRefused(
            `Kafka’s ACLs do not let this user into its groups: KAFKA_GROUP_PREFIX, KAFKA_SASL_USERNAME, docs/events/access.json (Kafka 的 ACL 不允许该用户使用这些消费组): ${groupIds.join(', ')}`,
          )
        // A Kafka that has just begun knows no coordinator yet, which the client takes for one that never will be.
        throw new Error(`${(error as Error).message}: ${groupIds.join(', ')}`)
      })
    }),
  )
}
