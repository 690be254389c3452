import { decideApproval, decideApprovals } from './approvals/decide-approval.ts'
import { countApprovals, listApprovals, readApprovals, readHistories } from './approvals/read-approvals.ts'
import { createCalendarFeed, readCalendarFeeds, revokeCalendarFeed } from './calendar/keep-feeds.ts'
import {
  enterableOrganisations,
  namesOfOffices,
  readDeadlines,
  readDeadlinesOfPeople,
} from './deadlines/read-deadlines.ts'
import {
  countDeadlinesByOrganisation,
  countDeadlinesByRule,
  countDeadlinesOf,
  placeOfDeadlines,
  readDeadlinesOf,
} from './deadlines/read-lists.ts'
import {
  countDelegations,
  delegateApprovals,
  endDelegation,
  listDelegations,
  readDelegations,
} from './delegations/delegate-approvals.ts'
import type { Deps } from './deps.ts'
import { countInbox, markRemindersRead, readInbox } from './inbox/read-inbox.ts'

/** Every use case of the subgraph, given what it needs. */
export const createRooms = (deps: Deps) => ({
  readDeadlines: readDeadlines(deps),
  readDeadlinesOf: readDeadlinesOf(deps),
  countDeadlinesOf: countDeadlinesOf(deps),
  countDeadlinesByRule: countDeadlinesByRule(deps),
  countDeadlinesByOrganisation: countDeadlinesByOrganisation(deps),
  placeOfDeadlines: placeOfDeadlines(deps),
  readDeadlinesOfPeople: readDeadlinesOfPeople(deps),
  enterableOrganisations: enterableOrganisations(deps),
  namesOfOffices: namesOfOffices(deps),
  readInbox: readInbox(deps),
  countInbox: countInbox(deps),
  markRemindersRead: markRemindersRead(deps),
  readApprovals: readApprovals(deps),
  readHistories: readHistories(deps),
  listApprovals: listApprovals(deps),
  countApprovals: countApprovals(deps),
  decideApproval: decideApproval(deps),
  decideApprovals: decideApprovals(deps),
  delegateApprovals: delegateApprovals(deps),
  endDelegation: endDelegation(deps),
  readDelegations: readDelegations(deps),
  listDelegations: listDelegations(deps),
  countDelegations: countDelegations(deps),
  createCalendarFeed: createCalendarFeed(deps),
  revokeCalendarFeed: revokeCalendarFeed(deps),
  readCalendarFeeds: readCalendarFeeds(deps),
})
export type Rooms = ReturnType<typeof createRooms>
