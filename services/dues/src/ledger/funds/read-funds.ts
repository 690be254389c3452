import { many, one } from '@linghang/subgraph'
import type { Work } from '../../work.ts'
import type { Fund } from '../accounts/fund.ts'
import { byId, seenOnly } from '../accounts/read-accounts.ts'
import { fundStore } from './store.ts'

export const fundById = one(async (work: Work, ids) =>
  seenOnly<Fund>(work, 'DuesFund', byId(await fundStore.byIds(work.tx, work.actor.countyId, ids))),
)
/** The funds beside accounts that the actor sees. */
export const fundsBeside = many(({ tx }: Work, accountIds) => fundStore.beside(tx, accountIds))
