import type { Stretch } from '@linghang/database'
import { count, many, one } from '@linghang/subgraph'
import type { Work } from '../../work.ts'
import { journalStore } from './store.ts'

/** Journals of which the actor sees an entry; the database knows which. */
export const journalById = one(
  async ({ tx, actor }: Work, ids) =>
    new Map((await journalStore.byIds(tx, actor.countyId, ids)).map(journal => [journal.id, journal])),
)
/** What took a journal back. */
export const reversalOf = one(({ tx }: Work, ids) => journalStore.reversalsOf(tx, ids))
export const entriesOfAccount = many(({ tx }: Work, accountIds, stretch: Stretch) =>
  journalStore.entriesIn(tx, accountIds, stretch),
)
export const entryCountOf = count(({ tx }: Work, accountIds) => journalStore.movesOf(tx, accountIds))
export const closedThrough = one(({ tx }: Work, keeperIds) => journalStore.closedThrough(tx, keeperIds))
