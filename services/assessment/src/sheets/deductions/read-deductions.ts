import type { Stretch } from '@linghang/database'
import { count, many } from '@linghang/subgraph'
import type { Work } from '../../work.ts'
import { seenSheets } from '../reading/read-sheets.ts'
import { rulingStore } from '../rulings/store.ts'
import { deductionStore } from './store.ts'

/** What waits for confirmation at organisations that the actor keeps, and below: those who only look on confirm nothing. */
export const proposedAt = many(async (work: Work, orgIds, stretch: Stretch) =>
  deductionStore.waiting(work.tx, work.actor.countyId, [...(await work.supervision.kept(orgIds))], stretch),
)
export const countProposedAt = count(async (work: Work, orgIds) =>
  deductionStore.countWaiting(work.tx, work.actor.countyId, [...(await work.supervision.kept(orgIds))]),
)

const rulingsShown = 20

/** What offices have decided of the lines of sheets that the actor may read, in the order in which they did. */
export const rulingsOf = many(async (work: Work, sheetIds) => {
  const seen = [...(await seenSheets(work, sheetIds)).keys()]
  const found = await rulingStore.ofSheets(work.tx, work.actor.countyId, seen, rulingsShown)
  return Map.groupBy(found, ({ sheetId }) => sheetId)
})
