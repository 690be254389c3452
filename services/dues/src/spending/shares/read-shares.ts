import { one } from '@linghang/subgraph'
import type { Work } from '../../work.ts'
import { type ShareUp, shareUpOf } from './share.ts'
import { perMilleOf, undecided } from './share-policy.ts'
import { shareStore } from './store.ts'

/** What organisations whose books the actor sees have to pass up of a year's dues. */
export const shareUpOfOrganisation = one(async ({ tx, actor, supervision }: Work, orgIds, year: number) => {
  // Of other years there is nothing, and the calendar of the database ends.
  if (year < 2000 || year > 2999) return new Map<string, ShareUp>()
  const policy = await shareStore.policyOf(tx, actor.countyId, year)
  const found = await shareStore.ofYear(tx, [...(await supervision.seen(orgIds))], year)
  return new Map(
    found.map(({ orgId, kind, ...sums }) => [orgId, shareUpOf(year, sums, perMilleOf(policy ?? undecided, kind))]),
  )
})

/** What of a year's dues organisations of a county pass up. */
export const sharePolicyOf = one(
  async ({ tx, actor }: Work, years) =>
    new Map(
      await Promise.all(
        years.map(
          async year => [year, (await shareStore.policyOf(tx, actor.countyId, Number(year))) ?? undecided] as const,
        ),
      ),
    ),
)
