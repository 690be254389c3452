import type { Stretch } from '@linghang/database'
import { count, many, one } from '@linghang/subgraph'
import type { Work } from '../../work.ts'
import { reconciliationStore } from './store.ts'

const seenOnly = async <Row extends { id: string; orgId: string }>(
  { supervision }: Work,
  rows: readonly Row[],
): Promise<Map<string, Row>> => {
  const seen = await supervision.seen([...new Set(rows.map(({ orgId }) => orgId))])
  return new Map(rows.filter(({ orgId }) => seen.has(orgId)).map(row => [row.id, row]))
}

export const settlementById = one(async (work: Work, ids) =>
  seenOnly(work, await reconciliationStore.settlementsByIds(work.tx, work.actor.countyId, ids)),
)
export const mismatchById = one(async (work: Work, ids) =>
  seenOnly(work, await reconciliationStore.mismatchesByIds(work.tx, work.actor.countyId, ids)),
)
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
