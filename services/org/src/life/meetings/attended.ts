import type { Work } from '../../work.ts'
import { isDue, limits, type MeetingKind } from './meeting.ts'
import { meetingStore } from './store.ts'

/** A meeting by its newest version, for what rests on who was due and who came. */
export type Attended = {
  id: string
  kind: MeetingKind
  orgId: string
  /** Whether what it says is fixed; corrected afterwards it is another version. */
  isClosed: boolean
  heldOn: string
  due: number
  present: number
  /** Everybody who belongs to it, whether due or lawfully left out. */
  people: ReadonlySet<string>
  /** Those due who came. */
  presentVoters: ReadonlySet<string>
}

/** @returns null where there is no such meeting, or none of an organisation that the actor supervises */
export async function currentOf({ tx, actor, supervision }: Work, id: string): Promise<Attended | null> {
  const [meeting] = await meetingStore.byIds(tx, actor.countyId, [id])
  if (!meeting || !(await supervision.seen([meeting.orgId])).has(meeting.orgId)) return null
  const content = await meetingStore.content(tx, { meetingId: id, version: meeting.version }, limits.people)
  if (!content) return null
  const voters = content.people.filter(person => isDue(person) && person.attendance === 'PRESENT')
  const { kind, orgId, state } = meeting
  const { heldOn, due, present } = content
  return {
    id,
    kind,
    orgId,
    isClosed: state === 'CLOSED',
    heldOn,
    due,
    present,
    people: new Set(content.people.map(one => one.memberId)),
    presentVoters: new Set(voters.map(one => one.memberId)),
  }
}
