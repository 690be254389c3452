import type { Stretch } from '@linghang/database'
import { count, many, one } from '@linghang/subgraph'
import type { Work } from '../../work.ts'
import { holdStore } from './store.ts'

/** Holds of organisations that the actor sees. */
export const holdById = one(async ({ tx, actor, supervision, today }: Work, ids) => {
  const found = await holdStore.toldByIds(tx, actor.countyId, ids, today)
  const seen = await supervision.seen([...new Set(found.map(({ orgId }) => orgId))])
  return new Map(found.flatMap(hold => (seen.has(hold.orgId) ? [[hold.id, hold] as const] : [])))
})
export const holdsOfAccount = many(({ tx, today }: Work, accountIds, stretch: Stretch) =>
  holdStore.toldUnder(tx, accountIds, stretch, today),
)
export const holdCountOf = count(({ tx }: Work, accountIds) => holdStore.countUnder(tx, accountIds))
