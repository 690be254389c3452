import { type Cursors, createLoads, type RequestContext, type Stretch } from '@linghang/subgraph'
import type { Meeting, MeetingFilter, MeetingVersion, Person, Resolution } from './meetings/meeting.ts'
import type { Office } from './offices/office.ts'
import type { Organisation } from './organisations/organisation.ts'
import type { Rooms } from './rooms.ts'

function createLoaders(base: RequestContext, rooms: Rooms) {
  const { actor } = base
  const { one, listed } = createLoads()
  const organisations = one<Organisation>(ids => rooms.readOrganisations(actor, ids))
  const organisationsByCode = one<Organisation>(codes => rooms.findOrganisations(actor, codes))
  const superiors = one<{ code: string; name: string }[]>(ids => rooms.readSuperiors(actor, ids))
  const childCounts = one<number>(ids => rooms.countChildren(actor, ids))
  const offices = one<Office>(ids => rooms.readOffices(actor, ids))
  const rosterImports = one(ids => rooms.imports.read(actor, ids))
  const accounts = one(ids => rooms.readAccounts(actor, ids))
  const meetings = one<Meeting>(ids => rooms.readMeetings(actor, ids))
  const currentMeetingVersions = one<MeetingVersion>(ids => rooms.readCurrentVersions(actor, ids))
  const meetingVersions = one<MeetingVersion[]>(ids => rooms.readMeetingVersions(actor, ids))
  const meetingResolutions = one<Resolution[]>(keys => rooms.readMeetingResolutions(actor, keys))
  const meetingPeopleCounts = one<number>(keys => rooms.countMeetingPeople(actor, keys))
  let me: ReturnType<Rooms['readMe']> | undefined
  return {
    organisation: (id: string) => organisations.load(id),
    organisationByCode: (code: string) => organisationsByCode.load(code),
    superiors: async (id: string) => (await superiors.load(id)) ?? [],
    children: async (id: string, stretch: Stretch): Promise<Organisation[]> =>
      (await listed(`children/${JSON.stringify(stretch)}`, ids => rooms.readChildren(actor, ids, stretch)).load(id)) ??
      [],
    childCount: async (id: string) => (await childCounts.load(id)) ?? 0,
    office: (id: string) => offices.load(id),
    officesAt: async (id: string, history: boolean, stretch: Stretch): Promise<Office[]> =>
      (await listed(`offices/${history}/${JSON.stringify(stretch)}`, ids =>
        rooms.readOfficesOf(actor, ids, history, stretch),
      ).load(id)) ?? [],
    officeCount: async (id: string, history: boolean) =>
      (await listed(`officeCount/${history}`, ids => rooms.countOfficesOf(actor, ids, history)).load(id)) ?? 0,
    rosterImport: (id: string) => rosterImports.load(id),
    account: (id: string) => accounts.load(id),
    meeting: (id: string) => meetings.load(id),
    currentMeetingVersion: (id: string) => currentMeetingVersions.load(id),
    meetingVersions: async (id: string) => (await meetingVersions.load(id)) ?? [],
    /** `key` names a version, `<meeting>/<version>`. */
    meetingResolutions: async (key: string) => (await meetingResolutions.load(key)) ?? [],
    meetingPeople: async (key: string, stretch: Stretch): Promise<Person[]> =>
      (await listed(`meetingPeople/${JSON.stringify(stretch)}`, keys =>
        rooms.readMeetingPeople(actor, keys, stretch),
      ).load(key)) ?? [],
    meetingPeopleCount: async (key: string) => (await meetingPeopleCounts.load(key)) ?? 0,
    meetingsAt: async (id: string, filter: MeetingFilter, stretch: Stretch): Promise<Meeting[]> =>
      (await listed(`meetings/${JSON.stringify([filter, stretch])}`, ids =>
        rooms.readMeetingsOf(actor, ids, filter, stretch),
      ).load(id)) ?? [],
    meetingCount: async (id: string, filter: MeetingFilter) =>
      (await listed(`meetingCount/${JSON.stringify(filter)}`, ids => rooms.countMeetingsOf(actor, ids, filter)).load(
        id,
      )) ?? 0,
    me: () => {
      me ??= rooms.readMe(actor)
      return me
    },
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
