import { many, one } from '@linghang/subgraph'
import type { Work } from '../../work.ts'
import { groupStore } from './store.ts'

/** Groups by id: those of branches that the actor sees. */
export const groupById = one(async ({ tx, actor, supervision }: Work, ids) => {
  const groups = await groupStore.byIds(tx, actor.countyId, ids)
  const seen = await supervision.seen(groups.map(({ orgId }) => orgId))
  return new Map(groups.filter(({ orgId }) => seen.has(orgId)).map(group => [group.id, group]))
})

/** The groups of each branch that the actor sees. */
export const groupsOf = many(async ({ tx, supervision }: Work, orgIds) =>
  groupStore.of(tx, [...(await supervision.seen(orgIds))]),
)

/** Who belongs to each group on a day. Whether the groups are the actor's to see has been asked before. */
export const groupMembersOn = many(async ({ tx, today }: Work, groupIds, day: string | null) =>
  groupStore.membersOn(tx, groupIds, day ?? today),
)

/** The groups of each of these branches. Whether they are the actor's to see has been asked before. */
export const groupsOfAll = ({ tx }: Pick<Work, 'tx'>, orgIds: readonly string[]) => groupStore.of(tx, orgIds)

/** How many groups each of these branches has. Whether they are the actor's to see has been asked before. */
export async function groupCounts({ tx }: Pick<Work, 'tx'>, orgIds: readonly string[]): Promise<Map<string, number>> {
  const groups = await groupStore.of(tx, orgIds)
  return new Map([...groups].map(([orgId, all]) => [orgId, all.length]))
}
