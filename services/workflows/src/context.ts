import { type Cursors, createLoads, type RequestContext } from '@linghang/subgraph'
import type { DeadlinePage, DeadlineRow } from './deadlines/store.ts'
import type { Rooms } from './rooms.ts'

function createLoaders({ actor }: RequestContext, rooms: Rooms) {
  const { one, listed } = createLoads()
  const deadlines = one<DeadlineRow>(ids => rooms.readDeadlines(actor, ids))
  const ofPeople = one<DeadlineRow[]>(ids => rooms.readDeadlinesOfPeople(actor, ids))
  const enterable = one<true>(ids => rooms.enterableOrganisations(actor, ids))
  return {
    deadline: (id: string) => deadlines.load(id),
    deadlinesOfPerson: async (id: string) => (await ofPeople.load(id)) ?? [],
    mayEnter: async (orgId: string) => (await enterable.load(orgId)) === true,
    deadlinesOf: async (orgId: string, page: DeadlinePage): Promise<DeadlineRow[]> =>
      (await listed(`deadlines/${JSON.stringify(page)}`, ids => rooms.readDeadlinesOf(actor, ids, page)).load(orgId)) ??
      [],
    deadlineCount: async (orgId: string, below: boolean, dueBy: string | null) =>
      (await listed(`count/${below}/${dueBy}`, ids => rooms.countDeadlinesOf(actor, ids, below, dueBy)).load(orgId)) ??
      0,
  }
}

export type Context = RequestContext & { rooms: Rooms; cursors: Cursors; load: ReturnType<typeof createLoaders> }

export const createContext =
  (rooms: Rooms, cursors: Cursors) =>
  (base: RequestContext): Context => ({ ...base, rooms, cursors, load: createLoaders(base, rooms) })
