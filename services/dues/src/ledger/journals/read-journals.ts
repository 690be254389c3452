import type { Stretch } from '@linghang/database'
import { count, many, one } from '@linghang/subgraph'
import type { Work } from '../../work.ts'
import type { EntryFilter } from './journal.ts'
import { journalStore } from './store.ts'

/** Journals that moved something of an organisation that the actor sees. */
export const journalById = one(async ({ tx, actor, supervision }: Work, ids) => {
  const moved = await journalStore.organisationsOf(tx, actor.countyId, ids)
  const seen = await supervision.seen([...new Set(moved.map(({ orgId }) => orgId))])
  const theirs = new Set(moved.flatMap(({ journalId, orgId }) => (seen.has(orgId) ? [journalId] : [])))
  return new Map((await journalStore.byIds(tx, actor.countyId, [...theirs])).map(journal => [journal.id, journal]))
})
/** What took a journal back. */
export const reversalOf = one(({ tx }: Work, ids) => journalStore.reversalsOf(tx, ids))
export const entriesOfAccount = many(({ tx }: Work, accountIds, list: { filter: EntryFilter; stretch: Stretch }) =>
  journalStore.entriesIn(tx, accountIds, list),
)
export const entryCountOf = count(({ tx }: Work, accountIds, filter: EntryFilter) =>
  journalStore.countIn(tx, accountIds, filter),
)
export const closedThrough = one(({ tx }: Work, keeperIds) => journalStore.closedThrough(tx, keeperIds))
/** What moved an account in a year that is closed, by reason. */
export const yearTotalsOf = many(({ tx }: Work, accountIds, year: number) =>
  journalStore.yearTotalsOf(tx, accountIds, year),
)
