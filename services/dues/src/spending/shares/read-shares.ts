import { one } from '@linghang/subgraph'
import type { Work } from '../../work.ts'
import { type ShareUp, shareUpOf } from './share.ts'
import { shareStore } from './store.ts'

/** What organisations whose books the actor sees have to pass up of a year's dues. */
export const shareUpOfOrganisation = one(async ({ tx, supervision }: Work, orgIds, year: number) => {
  // Of other years there is nothing, and the calendar of the database ends.
  if (year < 2000 || year > 2999) return new Map<string, ShareUp>()
  const found = await shareStore.ofYear(tx, [...(await supervision.seen(orgIds))], year)
  return new Map(found.map(({ orgId, paidFen, passedFen }) => [orgId, shareUpOf(year, paidFen, passedFen)]))
})
