import { count, many, one, type Stretch } from '@linghang/subgraph'
import type { Work } from '../../work.ts'
import type { Meeting, MeetingFilter, VersionKey } from './meeting.ts'
import { meetingStore } from './store.ts'

/** Meetings by id: those of organisations at or above which the actor holds an office. Belonging is not enough. */
export async function seenMeetings({ tx, actor, supervision }: Work, ids: readonly string[]): Promise<Meeting[]> {
  const meetings = await meetingStore.byIds(tx, actor.countyId, ids)
  const seen = await supervision.seen([...new Set(meetings.map(({ orgId }) => orgId))])
  return meetings.filter(({ orgId }) => seen.has(orgId))
}

export const meetingById = one(
  async (work: Work, ids) => new Map((await seenMeetings(work, ids)).map(meeting => [meeting.id, meeting])),
)

/** The version that counts of each meeting that the actor sees. */
export const currentVersionOf = one(async (work: Work, ids) => {
  const versions = await meetingStore.currentVersions(work.tx, await seenMeetings(work, ids))
  return new Map(versions.map(version => [version.meetingId, version]))
})

/** All versions of meetings that the actor sees, the newest first. */
export const versionsOf = many(async (work: Work, ids) => {
  const seen = await seenMeetings(work, ids)
  const versions = await meetingStore.versions(
    work.tx,
    seen.map(({ id }) => id),
  )
  return Map.groupBy(versions, version => version.meetingId)
})

const keyIn = (text: string): VersionKey => {
  const [meetingId = '', version] = text.split('/')
  return { meetingId, version: Number(version) }
}

/** Those of the versions, named `<meeting>/<version>`, whose meetings the actor sees. */
async function seenVersions(work: Work, keys: readonly string[]): Promise<VersionKey[]> {
  const wanted = keys.map(keyIn)
  const ids = [...new Set(wanted.map(({ meetingId }) => meetingId))]
  const seen = new Set((await seenMeetings(work, ids)).map(({ id }) => id))
  return wanted.filter(({ meetingId }) => seen.has(meetingId))
}

export const peopleOf = many(async (work: Work, keys, stretch: Stretch) =>
  meetingStore.people(work.tx, await seenVersions(work, keys), stretch),
)

export const peopleCountOf = count(async (work: Work, keys) =>
  meetingStore.countPeople(work.tx, await seenVersions(work, keys)),
)

export const resolutionsOf = many(async (work: Work, keys) =>
  meetingStore.resolutions(work.tx, await seenVersions(work, keys)),
)

export const itemsOf = many(async (work: Work, keys) => meetingStore.items(work.tx, await seenVersions(work, keys)))

export const meetingsAt = many(
  async ({ tx, actor, supervision }: Work, orgIds, filter: MeetingFilter, stretch: Stretch) =>
    meetingStore.atOrganisations(tx, actor.countyId, [...(await supervision.seen(orgIds))], filter, stretch),
)

export const meetingCountAt = count(async ({ tx, supervision }: Work, orgIds, filter: MeetingFilter) =>
  meetingStore.countAtOrganisations(tx, [...(await supervision.seen(orgIds))], filter),
)
