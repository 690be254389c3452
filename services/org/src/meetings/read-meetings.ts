import type { Actor } from '@linghang/access'
import type { Stretch } from '@linghang/subgraph'
import type { Deps, Tx } from '../deps.ts'
import type { Meeting, MeetingFilter, MeetingVersion, Person, Resolution, VersionKey } from './meeting.ts'
import { meetingStore } from './store.ts'

/** Meetings by id: those of organisations at or above which the actor holds an office. Belonging is not enough. */
async function seenMeetings(deps: Deps, tx: Tx, actor: Actor, ids: readonly string[]): Promise<Meeting[]> {
  const meetings = await meetingStore.byIds(tx, actor.countyId, ids)
  const orgIds = [...new Set(meetings.map(({ orgId }) => orgId))]
  const seen = await deps.supervision.seen(tx, actor, orgIds)
  return meetings.filter(({ orgId }) => seen.has(orgId))
}

export function readMeetings(deps: Deps) {
  return (actor: Actor, ids: readonly string[]): Promise<Map<string, Meeting>> =>
    deps.transact(
      actor,
      async tx => new Map((await seenMeetings(deps, tx, actor, ids)).map(meeting => [meeting.id, meeting])),
    )
}

/** The version that counts of each meeting that the actor sees. */
export function readCurrentVersions(deps: Deps) {
  return (actor: Actor, ids: readonly string[]): Promise<Map<string, MeetingVersion>> =>
    deps.transact(actor, async tx => {
      const versions = await meetingStore.currentVersions(tx, await seenMeetings(deps, tx, actor, ids))
      return new Map(versions.map(version => [version.meetingId, version]))
    })
}

/** All versions of meetings that the actor sees, the newest first. */
export function readMeetingVersions(deps: Deps) {
  return (actor: Actor, ids: readonly string[]): Promise<Map<string, MeetingVersion[]>> =>
    deps.transact(actor, async tx => {
      const seen = await seenMeetings(deps, tx, actor, ids)
      const versions = await meetingStore.versions(
        tx,
        seen.map(({ id }) => id),
      )
      return Map.groupBy(versions, version => version.meetingId)
    })
}

const keyIn = (text: string): VersionKey => {
  const [meetingId = '', version] = text.split('/')
  return { meetingId, version: Number(version) }
}

/** Those of the versions, named `<meeting>/<version>`, whose meetings the actor sees. */
async function seenVersions(deps: Deps, tx: Tx, actor: Actor, keys: readonly string[]): Promise<VersionKey[]> {
  const wanted = keys.map(keyIn)
  const ids = [...new Set(wanted.map(({ meetingId }) => meetingId))]
  const seen = new Set((await seenMeetings(deps, tx, actor, ids)).map(({ id }) => id))
  return wanted.filter(({ meetingId }) => seen.has(meetingId))
}

export function readMeetingPeople(deps: Deps) {
  return (actor: Actor, keys: readonly string[], stretch: Stretch): Promise<Map<string, Person[]>> =>
    deps.transact(actor, async tx => meetingStore.people(tx, await seenVersions(deps, tx, actor, keys), stretch))
}

export function countMeetingPeople(deps: Deps) {
  return (actor: Actor, keys: readonly string[]): Promise<Map<string, number>> =>
    deps.transact(actor, async tx => meetingStore.countPeople(tx, await seenVersions(deps, tx, actor, keys)))
}

export function readMeetingResolutions(deps: Deps) {
  return (actor: Actor, keys: readonly string[]): Promise<Map<string, Resolution[]>> =>
    deps.transact(actor, async tx => meetingStore.resolutions(tx, await seenVersions(deps, tx, actor, keys)))
}

export function readMeetingsOf(deps: Deps) {
  return (
    actor: Actor,
    orgIds: readonly string[],
    filter: MeetingFilter,
    stretch: Stretch,
  ): Promise<Map<string, Meeting[]>> =>
    deps.transact(actor, async tx => {
      const seen = await deps.supervision.seen(tx, actor, orgIds)
      return meetingStore.atOrganisations(tx, actor.countyId, [...seen], filter, stretch)
    })
}

export function countMeetingsOf(deps: Deps) {
  return (actor: Actor, orgIds: readonly string[], filter: MeetingFilter): Promise<Map<string, number>> =>
    deps.transact(actor, async tx => {
      const seen = await deps.supervision.seen(tx, actor, orgIds)
      return meetingStore.countAtOrganisations(tx, [...seen], filter)
    })
}
