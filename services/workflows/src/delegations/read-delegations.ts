import { one, type Stretch } from '@linghang/subgraph'
import type { Work } from '../work.ts'
import type { Delegation } from './delegation.ts'
import { delegationStore } from './store.ts'

/** Those that the actor sees: at organisations it sees, and those made to it. */
export const delegationById = one(async ({ tx, actor, supervision }: Work, ids) => {
  const found = await delegationStore.byIds(tx, actor.countyId, ids)
  const seen = await supervision.seen([...new Set(found.map(({ orgId }) => orgId))])
  return new Map(
    found
      .filter(({ orgId, toAccountId }) => seen.has(orgId) || toAccountId === actor.accountId)
      .map(delegation => [delegation.id, delegation]),
  )
})

/** Delegations at an organisation, the newest first; none where the actor does not see it. */
export const listDelegations = async (
  { tx, supervision }: Work,
  orgId: string,
  stretch: Stretch,
): Promise<Delegation[]> => ((await supervision.seen([orgId])).has(orgId) ? delegationStore.at(tx, orgId, stretch) : [])

export const countDelegations = async ({ tx, supervision }: Work, orgId: string): Promise<number> =>
  (await supervision.seen([orgId])).has(orgId) ? delegationStore.countAt(tx, orgId) : 0
