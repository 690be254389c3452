import { type Cursors, createLoads, type RequestContext } from '@linghang/subgraph'
import type { Member } from './people/member.ts'
import type { MemberFilter } from './people/store.ts'
import type { Rooms } from './rooms.ts'

type MembersPage = { below: boolean; filter: MemberFilter; size: number; after: { nameKey: string; id: string } | null }

function createLoaders(base: RequestContext, rooms: Rooms) {
  const { actor } = base
  const { one, listed } = createLoads()
  const members = one<Member>(ids => rooms.readMembers(actor, ids))
  const rosterImports = one(ids => rooms.imports.read(actor, ids))
  const enterable = one<true>(ids => rooms.enterableOrganisations(actor, ids))
  return {
    member: (id: string) => members.load(id),
    rosterImport: (id: string) => rosterImports.load(id),
    mayEnter: async (orgId: string) => (await enterable.load(orgId)) === true,
    membersOf: async (orgId: string, page: MembersPage): Promise<Member[]> =>
      (await listed(`members/${JSON.stringify(page)}`, ids => rooms.readMembersOf(actor, ids, page)).load(orgId)) ?? [],
    memberCount: async (orgId: string, below: boolean, filter: MemberFilter) =>
      (await listed(`count/${below}/${JSON.stringify(filter)}`, ids =>
        rooms.countMembersOf(actor, ids, below, filter),
      ).load(orgId)) ?? 0,
  }
}

export type Context = RequestContext & {
  rooms: Rooms
  imports: Rooms['imports']
  cursors: Cursors
  load: ReturnType<typeof createLoaders>
}

export const createContext =
  (rooms: Rooms, cursors: Cursors) =>
  (base: RequestContext): Context => ({
    ...base,
    rooms,
    imports: rooms.imports,
    cursors,
    load: createLoaders(base, rooms),
  })
