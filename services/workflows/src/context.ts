import { type Cursors, createLoads, type RequestContext, type Stretch } from '@linghang/subgraph'
import type { Approval, ApprovalEvent } from './approvals/approval.ts'
import type { DeadlineFilter } from './deadlines/deadline-lists.ts'
import type { DeadlineRow } from './deadlines/store.ts'
import type { Delegation } from './delegations/delegation.ts'
import type { Rooms } from './rooms.ts'

function createLoaders({ actor }: RequestContext, rooms: Rooms) {
  const { one, listed } = createLoads()
  const deadlines = one<DeadlineRow>(ids => rooms.readDeadlines(actor, ids))
  const ofPeople = one<DeadlineRow[]>(ids => rooms.readDeadlinesOfPeople(actor, ids))
  const enterable = one<true>(ids => rooms.enterableOrganisations(actor, ids))
  const names = one<string>(ids => rooms.namesOfOffices(actor, ids))
  const approvals = one<Approval>(ids => rooms.readApprovals(actor, ids))
  const histories = one<ApprovalEvent[]>(ids => rooms.readHistories(actor, ids))
  const delegations = one<Delegation>(ids => rooms.readDelegations(actor, ids))
  return {
    approval: (id: string) => approvals.load(id),
    historyOf: async (id: string) => (await histories.load(id)) ?? [],
    delegation: (id: string) => delegations.load(id),
    deadline: (id: string) => deadlines.load(id),
    deadlinesOfPerson: async (id: string) => (await ofPeople.load(id)) ?? [],
    mayEnter: async (orgId: string) => (await enterable.load(orgId)) === true,
    officeName: (orgId: string) => names.load(orgId),
    deadlinesOf: async (place: string, filter: DeadlineFilter, stretch: Stretch): Promise<DeadlineRow[]> =>
      (await listed(`deadlines/${JSON.stringify([filter, stretch])}`, places =>
        rooms.readDeadlinesOf(actor, places, filter, stretch),
      ).load(place)) ?? [],
    deadlineCount: async (place: string, filter: DeadlineFilter) =>
      (await listed(`count/${JSON.stringify(filter)}`, places => rooms.countDeadlinesOf(actor, places, filter)).load(
        place,
      )) ?? 0,
    deadlinesByRule: async (place: string, filter: DeadlineFilter) =>
      (await listed(`rules/${JSON.stringify(filter)}`, places =>
        rooms.countDeadlinesByRule(actor, places, filter),
      ).load(place)) ?? [],
    deadlinesByOrganisation: async (place: string, filter: DeadlineFilter, size: number) =>
      (await listed(`organisations/${JSON.stringify([filter, size])}`, places =>
        rooms.countDeadlinesByOrganisation(actor, places, filter, size),
      ).load(place)) ?? [],
  }
}

export type Context = RequestContext & {
  rooms: Rooms
  cursors: Cursors
  now: () => Date
  load: ReturnType<typeof createLoaders>
}

export const createContext =
  (rooms: Rooms, cursors: Cursors, now: () => Date) =>
  (base: RequestContext): Context => ({ ...base, rooms, cursors, now, load: createLoaders(base, rooms) })
