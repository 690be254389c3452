import { many } from '@linghang/subgraph'
import type { Work } from '../../work.ts'
import { freeOf, limitPeriods, periodOf, type ToldLimit } from './limit.ts'
import { limitStore } from './store.ts'

/** The limits of accounts that the actor sees, in force today, and how they stand; the shortest period first. */
export const limitsOf = many(async ({ tx, today }: Work, accountIds): Promise<Map<string, ToldLimit[]>> => {
  const asked = (await limitStore.inForce(tx, accountIds, today)).map(limit => ({
    ...limit,
    ...periodOf(limit.period, today),
  }))
  const uses = asked.length > 0 ? await limitStore.usesOf(tx, asked, today) : []
  const told = asked.map((limit, n) => {
    const use = uses[n] ?? { usedFen: 0n, heldFen: 0n }
    return { ...limit, ...use, freeFen: freeOf(limit.limitFen, use) }
  })
  const inOrder = told.toSorted((one, other) => limitPeriods.indexOf(one.period) - limitPeriods.indexOf(other.period))
  return Map.groupBy(inOrder, ({ accountId }) => accountId)
})
