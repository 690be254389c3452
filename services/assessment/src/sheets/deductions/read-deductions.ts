import type { Stretch } from '@linghang/database'
import { count, many } from '@linghang/subgraph'
import type { Work } from '../../work.ts'
import { deductionStore } from './store.ts'

/** What waits for confirmation at organisations that the actor keeps, and below: those who only look on confirm nothing. */
export const proposedAt = many(async (work: Work, orgIds, stretch: Stretch) =>
  deductionStore.waiting(work.tx, work.actor.countyId, [...(await work.supervision.kept(orgIds))], stretch),
)
export const countProposedAt = count(async (work: Work, orgIds) =>
  deductionStore.countWaiting(work.tx, work.actor.countyId, [...(await work.supervision.kept(orgIds))]),
)
