import { count, many, one, type Stretch } from '@linghang/subgraph'
import type { Work } from '../../work.ts'
import type { Meeting, MeetingFilter, VersionKey } from './meeting.ts'
import { type OwnPlace, placeStore } from './place-store.ts'
import { meetingStore } from './store.ts'

/** Meetings by id: those of organisations at or above which the actor holds an office. Belonging is not enough. */
export async function seenMeetings({ tx, actor, supervision }: Work, ids: readonly string[]): Promise<Meeting[]> {
  const meetings = await meetingStore.byIds(tx, actor.countyId, ids)
  const seen = await supervision.seen([...new Set(meetings.map(({ orgId }) => orgId))])
  return meetings.filter(({ orgId }) => seen.has(orgId))
}

/** Of these meetings those that name the actor, by the version that counts, and whether the actor came. */
const ownPlacesIn = async ({ tx, actor }: Work, ids: readonly string[]): Promise<OwnPlace[]> =>
  actor.memberId ? placeStore.of(tx, actor.countyId, actor.memberId, ids) : []

/**
 * Meetings that the actor sees, and closed ones that name the actor: a point of the own score rests on them, and who
 * cannot open what it rests on cannot answer it. What hangs on a meeting asks `seenMeetings` and opens no further.
 */
export const meetingById = one(async (work: Work, ids) => {
  const seen = await seenMeetings(work, ids)
  const opened = new Map(seen.map(meeting => [meeting.id, meeting]))
  const others = ids.filter(id => !opened.has(id))
  const own = others.length === 0 ? [] : (await ownPlacesIn(work, others)).filter(place => place.state === 'CLOSED')
  const { tx, actor } = work
  const concerned =
    own.length === 0
      ? []
      : await meetingStore.byIds(
          tx,
          actor.countyId,
          own.map(({ id }) => id),
        )
  for (const meeting of concerned) opened.set(meeting.id, meeting)
  return opened
})

/** Whether the actor came; of a meeting that is opened already. */
export const ownAttendanceOf = one(async (work: Work, ids) => {
  const places = await ownPlacesIn(work, ids)
  return new Map(places.flatMap(({ id, attendance }) => (attendance === null ? [] : [[id, attendance] as const])))
})

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
