import { type Cursors, createLoads, type RequestContext, type Stretch } from '@linghang/subgraph'
import type { CaseFilter, CasePage, PlanRow } from './development/case-lists.ts'
import type { SeenCase, Statistics, ToldCase } from './development/read-cases.ts'
import type { CaseRow } from './development/store.ts'
import type { MakeableDocument } from './documents/make-documents.ts'
import type { Material } from './materials/material.ts'
import type { NoticeRow, ObjectionRow } from './notices/store.ts'
import type { Member } from './people/member.ts'
import type { Absence, MemberFilter, Penalty } from './people/store.ts'
import type { Rooms } from './rooms.ts'

type MembersPage = { below: boolean; filter: MemberFilter; stretch: Stretch }

function createLoaders(base: RequestContext, rooms: Rooms) {
  const { actor } = base
  const { one, listed } = createLoads()
  const members = one<Member>(ids => rooms.readMembers(actor, ids))
  const absences = one<Absence[]>(ids => rooms.readAbsences(actor, ids))
  const penalties = one<Penalty[]>(ids => rooms.readPenalties(actor, ids))
  const rosterImports = one(ids => rooms.imports.read(actor, ids))
  const enterable = one<true>(ids => rooms.enterableOrganisations(actor, ids))
  const cases = one<SeenCase>(ids => rooms.readCases(actor, ids))
  const casesOfMembers = one<SeenCase[]>(ids => rooms.readCasesOfMembers(actor, ids))
  const toldCases = one<ToldCase>(ids => rooms.tellCases(actor, ids))
  const objections = one<ObjectionRow[]>(ids => rooms.readObjections(actor, ids))
  const statistics = one<Statistics>(ids => rooms.readStatistics(actor, ids))
  const plans = one<PlanRow[]>(ids => rooms.readPlan(actor, ids))
  const notices = one<NoticeRow[]>(ids => rooms.readNotices(actor, ids))
  const materials = one<Material>(ids => rooms.readMaterials(actor, ids))
  const materialsOfCases = one<Material[]>(ids => rooms.materialsOfCases(actor, ids))
  const documentsOfCases = one<MakeableDocument[]>(ids => rooms.documentsOfCases(actor, ids))
  return {
    material: (id: string) => materials.load(id),
    materials: async (caseId: string) => (await materialsOfCases.load(caseId)) ?? [],
    documents: async (caseId: string) => (await documentsOfCases.load(caseId)) ?? [],
    developmentCase: (id: string) => cases.load(id),
    casesOfMember: async (id: string) => (await casesOfMembers.load(id)) ?? [],
    toldCase: (id: string) => toldCases.load(id),
    objections: async (caseId: string) => (await objections.load(caseId)) ?? [],
    caseStatistics: (orgId: string) => statistics.load(orgId),
    developmentPlan: async (orgId: string) => (await plans.load(orgId)) ?? [],
    publicNotices: async (orgId: string) => (await notices.load(orgId)) ?? [],
    casesOf: async (orgId: string, below: boolean, page: CasePage): Promise<CaseRow[]> =>
      (await listed(`cases/${below}/${JSON.stringify(page)}`, ids => rooms.readCasesOf(actor, ids, below, page)).load(
        orgId,
      )) ?? [],
    caseCount: async (orgId: string, below: boolean, filter: CaseFilter) =>
      (await listed(`caseCount/${below}/${JSON.stringify(filter)}`, ids =>
        rooms.countCasesOf(actor, ids, below, filter),
      ).load(orgId)) ?? 0,
    member: (id: string) => members.load(id),
    penalties: async (memberId: string) => (await penalties.load(memberId)) ?? [],
    absences: async (memberId: string) => (await absences.load(memberId)) ?? [],
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
  now: () => Date
  load: ReturnType<typeof createLoaders>
}

export const createContext =
  (rooms: Rooms, cursors: Cursors, now: () => Date) =>
  (base: RequestContext): Context => ({
    ...base,
    rooms,
    imports: rooms.imports,
    cursors,
    now,
    load: createLoaders(base, rooms),
  })
