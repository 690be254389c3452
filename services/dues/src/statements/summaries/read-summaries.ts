import { one } from '@linghang/subgraph'
import { type Collection, collectionStore } from '../../billing/bills/collection-store.ts'
import type { Work } from '../../work.ts'
import type { DuesSummary, DuesSummaryLine } from './models.ts'
import { summaryStore } from './store.ts'
import { comparedMonths, type Quarter } from './summary.ts'

const mostBelow = 500

/**
 * The quarter's summary of dues (S3-21) of organisations that the actor sees, each with those directly below it: what was owed,
 * waived, paid and settled in time, beside the quarter before and the same one of the year before. Three statements, whatever
 * their number.
 */
export const summaryOf = one(async ({ tx, actor, supervision }: Work, orgIds, quarter: Quarter) => {
  const seen = [...(await supervision.seen(orgIds))]
  const below = await summaryStore.directlyBelow(tx, actor.countyId, seen, mostBelow)
  const all = [...new Set([...seen, ...[...below.values()].flat()])]
  const collected = await collectionStore.ofPeriods(tx, actor.countyId, all, comparedMonths(quarter))
  const lineOf = (orgId: string): DuesSummaryLine[] => {
    const [now, before, lastYear] = (collected.get(orgId) ?? []) as [Collection?, Collection?, Collection?]
    return now && before && lastYear ? [{ orgId, now, before, lastYear }] : []
  }
  return new Map(
    seen.flatMap((orgId): [string, DuesSummary][] => {
      const [whole] = lineOf(orgId)
      return whole ? [[orgId, { ...quarter, whole, below: (below.get(orgId) ?? []).flatMap(lineOf) }]] : []
    }),
  )
})
