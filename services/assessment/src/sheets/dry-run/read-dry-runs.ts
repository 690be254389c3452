import type { Stretch } from '@linghang/database'
import { count, many, one } from '@linghang/subgraph'
import type { Work } from '../../work.ts'
import { dryRunStore } from './store.ts'

/** Runs of the county, for its administrators. */
export const dryRunById = one(async ({ tx, actor }: Work, ids) => {
  const isAdmin = actor.grants.some(({ role, orgId }) => role === 'ADMIN' && orgId === null)
  const found = isAdmin ? await dryRunStore.byIds(tx, actor.countyId, ids) : []
  return new Map(found.map(run => [run.id, run]))
})
export const summariesOf = many(({ tx }: Work, ids) => dryRunStore.summaries(tx, ids))
export const indicatorsOfRun = many(({ tx }: Work, ids) => dryRunStore.indicators(tx, ids))
export const changesOf = many(({ tx }: Work, ids, stretch: Stretch) => dryRunStore.changed(tx, ids, stretch))
export const countOfChanges = count(({ tx }: Work, ids) => dryRunStore.countChanged(tx, ids))
