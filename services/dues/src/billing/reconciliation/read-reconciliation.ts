import type { Stretch } from '@linghang/database'
import { count, many, one } from '@linghang/subgraph'
import type { Work } from '../../work.ts'
import { reconciliationStore } from './store.ts'

const seenOnly = async <Row extends { orgId: string }>({ supervision }: Work, rows: readonly Row[]): Promise<Row[]> => {
  const seen = await supervision.seen([...new Set(rows.map(({ orgId }) => orgId))])
  return rows.filter(({ orgId }) => seen.has(orgId))
}

const settlementBy = (key: 'id' | 'journalId') =>
  one(async (work: Work, ids) => {
    const found = await reconciliationStore.settlementsByIds(work.tx, work.actor.countyId, ids, key)
    const theirs = await seenOnly(work, found)
    return new Map(theirs.flatMap(day => (day[key] === null ? [] : [[day[key], day] as const])))
  })
export const settlementById = settlementBy('id')
/** What each journal booked. */
export const settlementOfJournal = settlementBy('journalId')
export const mismatchById = one(async (work: Work, ids) => {
  const found = await reconciliationStore.mismatchesByIds(work.tx, work.actor.countyId, ids)
  return new Map((await seenOnly(work, found)).map(mismatch => [mismatch.id, mismatch]))
})
/** Of real accounts that the actor sees. */
export const settlementsOf = many(({ tx }: Work, keeperIds, stretch: Stretch) =>
  reconciliationStore.settlementsIn(tx, keeperIds, stretch),
)
export const settlementCountOf = count(({ tx }: Work, keeperIds) => reconciliationStore.settlementCount(tx, keeperIds))
export const mismatchesOf = many(({ tx }: Work, keeperIds, stretch: Stretch, open: boolean) =>
  reconciliationStore.mismatchesIn(tx, keeperIds, stretch, open),
)
export const mismatchCountOf = count(({ tx }: Work, keeperIds, open: boolean) =>
  reconciliationStore.mismatchCount(tx, keeperIds, open),
)
