import type { Stretch } from '@linghang/database'
import { count, many, one } from '@linghang/subgraph'
import type { Work } from '../../work.ts'
import { seenAppeals } from './change-appeal.ts'
import { appealStore } from './store.ts'

export const appealById = one(async (work: Work, ids) => {
  const found = await seenAppeals(work, await appealStore.byIds(work.tx, work.actor.countyId, ids))
  return new Map(found.map(appeal => [appeal.id, appeal]))
})

/** The newest appeal of each line of sheets that the actor may read. */
export const appealsOfSheet = many(async (work: Work, sheetIds) => {
  const found = await seenAppeals(work, await appealStore.ofSheets(work.tx, work.actor.countyId, sheetIds))
  return Map.groupBy(found, ({ sheetId }) => sheetId)
})

/** What was done of appeals that were shown. */
export const stepsOf = many(async ({ tx }: Work, appealIds) =>
  Map.groupBy(await appealStore.stepsOf(tx, appealIds), ({ appealId }) => appealId),
)

/** On which sheet an appeal that was shown stands; null where there is none any more. */
export const sheetOfAppeal = one(async ({ tx, actor }: Work, appealIds) =>
  appealStore.sheetsOf(tx, actor.countyId, await appealStore.byIds(tx, actor.countyId, appealIds)),
)

/** What waits for the offices of organisations that the actor keeps. */
export const appealsWaitingAt = many(async (work: Work, orgIds, stretch: Stretch) =>
  appealStore.waiting(work.tx, [...(await work.supervision.kept(orgIds))], stretch),
)
export const countWaitingAt = count(async (work: Work, orgIds) =>
  appealStore.countWaiting(work.tx, [...(await work.supervision.kept(orgIds))]),
)
