import { type Cursors, createLoads, type RequestContext } from '@linghang/subgraph'
import type { Approval, ApprovalEvent } from './approvals/approval.ts'
import type { DeadlinePage, DeadlineRow } from './deadlines/store.ts'
import type { Delegation } from './delegations/delegation.ts'
import type { Rooms } from './rooms.ts'

function createLoaders({ actor }: RequestContext, rooms: Rooms) {
  const { one, listed } = createLoads()
  const deadlines = one<DeadlineRow>(ids => rooms.readDeadlines(actor, ids))
  const ofPeople = one<DeadlineRow[]>(ids => rooms.readDeadlinesOfPeople(actor, ids))
  const enterable = one<true>(ids => rooms.enterableOrganisations(actor, ids))
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
    deadlinesOf: async (orgId: string, page: DeadlinePage): Promise<DeadlineRow[]> =>
      (await listed(`deadlines/${JSON.stringify(page)}`, ids => rooms.readDeadlinesOf(actor, ids, page)).load(orgId)) ??
      [],
    deadlineCount: async (orgId: string, below: boolean, dueBy: string | null) =>
      (await listed(`count/${below}/${dueBy}`, ids => rooms.countDeadlinesOf(actor, ids, below, dueBy)).load(orgId)) ??
      0,
    deadlinesByRule: async (orgId: string, below: boolean, dueBy: string | null, today: string) =>
      (await listed(`rules/${below}/${dueBy}/${today}`, ids =>
        rooms.countDeadlinesByRule(actor, ids, below, dueBy, today),
      ).load(orgId)) ?? [],
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
