import type { Stretch } from '@linghang/database'
import { count, many, one } from '@linghang/subgraph'
import { packStore } from '../../packs/decisions/store.ts'
import type { Work } from '../../work.ts'
import { lightStore } from './store.ts'

/** Branches with a light on, for whoever has the organisation above them in charge; nobody else is shown any. */
export const litBranchesOf = many(async ({ tx, actor, supervision, today }: Work, orgIds, stretch: Stretch) =>
  lightStore.below(tx, actor.countyId, [...(await supervision.seen(orgIds))], today, stretch),
)
export const countLitBranches = count(async ({ tx, actor, supervision, today }: Work, orgIds) =>
  lightStore.countBelow(tx, actor.countyId, [...(await supervision.seen(orgIds))], today),
)

/** The packs of the county, by which a light says what it is for. */
export const packsOf = one(async ({ tx }: Work, countyIds) => {
  const found = new Map<string, Awaited<ReturnType<typeof packStore.decided>>>()
  for (const countyId of countyIds) found.set(countyId, await packStore.decided(tx, countyId))
  return found
})
