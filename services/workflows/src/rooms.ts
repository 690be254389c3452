import {
  countDeadlinesOf,
  enterableOrganisations,
  readDeadlines,
  readDeadlinesOf,
  readDeadlinesOfPeople,
} from './deadlines/read-deadlines.ts'
import type { Deps } from './deps.ts'
import { countInbox, markRemindersRead, readInbox } from './inbox/read-inbox.ts'

/** Every use case of the subgraph, given what it needs. */
export const createRooms = (deps: Deps) => ({
  readDeadlines: readDeadlines(deps),
  readDeadlinesOf: readDeadlinesOf(deps),
  countDeadlinesOf: countDeadlinesOf(deps),
  readDeadlinesOfPeople: readDeadlinesOfPeople(deps),
  enterableOrganisations: enterableOrganisations(deps),
  readInbox: readInbox(deps),
  countInbox: countInbox(deps),
  markRemindersRead: markRemindersRead(deps),
})
export type Rooms = ReturnType<typeof createRooms>
