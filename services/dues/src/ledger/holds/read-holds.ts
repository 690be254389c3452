import type { Stretch } from '@linghang/database'
import { count, many, one } from '@linghang/subgraph'
import type { Work } from '../../work.ts'
import { holdStore } from './store.ts'

/** Holds of organisations that the actor sees; the database knows which. */
export const holdById = one(
  async ({ tx, actor, today }: Work, ids) =>
    new Map((await holdStore.toldByIds(tx, actor.countyId, ids, today)).map(hold => [hold.id, hold])),
)
export const holdsOfAccount = many(({ tx, today }: Work, accountIds, stretch: Stretch) =>
  holdStore.toldUnder(tx, accountIds, stretch, today),
)
export const holdCountOf = count(({ tx }: Work, accountIds) => holdStore.countUnder(tx, accountIds))
