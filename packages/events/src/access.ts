import { groupPrefixOf } from './wanted-topics.ts'

/** One right at Kafka, in Kafka's own words (and Strimzi's). */
export type Acl = {
  resource: { type: 'topic' | 'group'; name: string; patternType: 'literal' | 'prefix' }
  operations: readonly ('Read' | 'Write' | 'Describe' | 'Create' | 'Delete')[]
  /** Left out where somebody else makes the topics. */
  onlyWith?: 'KAFKA_TOPICS=create'
}

/** What a process does at Kafka: topics, and groups without the prefix that an operator may change. */
export type Access = { writes: readonly string[]; reads: readonly string[]; groups: readonly string[] }

const inTheirTurn = <T>(list: readonly T[]): T[] => [...new Set(list)].sort()

/**
 * The rights that such a process needs and no more, at a broker that refuses what nobody allowed. Groups are allowed by the
 * process's name, since those of two releases read beside each other while one takes the other's place.
 * @param name of the process, with which its groups' names begin
 * @param dropsGroups whether its groups end with it
 */
export function aclsOf(name: string, { writes, reads }: Access, dropsGroups: boolean): Acl[] {
  const topic = (of: string): Acl['resource'] => ({ type: 'topic', name: of, patternType: 'literal' })
  return [
    ...writes.flatMap((own): Acl[] => [
      { resource: topic(own), operations: ['Write', 'Describe'] },
      { resource: topic(own), operations: ['Create'], onlyWith: 'KAFKA_TOPICS=create' },
    ]),
    ...inTheirTurn(reads).map((other): Acl => ({ resource: topic(other), operations: ['Read', 'Describe'] })),
    {
      resource: { type: 'group', name: `${groupPrefixOf({})}${name}.`, patternType: 'prefix' },
      operations: ['Read', 'Describe', ...(dropsGroups ? (['Delete'] as const) : [])],
    },
  ]
}

/** What an operator's commands do: `lag`, `dead-letters` (written where they failed), `restored` (groups are set back). */
export function operatorAcls(topics: readonly string[]): Acl[] {
  const groups = [groupPrefixOf({}), 'restored.']
  return [
    ...inTheirTurn(topics).map(
      (name): Acl => ({
        resource: { type: 'topic', name, patternType: 'literal' },
        operations: ['Read', 'Write', 'Describe'],
      }),
    ),
    ...groups.map(
      (name): Acl => ({
        resource: { type: 'group', name, patternType: 'prefix' },
        operations: ['Read', 'Describe', 'Delete'],
      }),
    ),
  ]
}
