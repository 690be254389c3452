import { shanghaiDay } from '@linghang/access'
import type { AgendaItem, Meeting, MeetingContent, MeetingInput, MeetingKind } from '../meetings/meeting.ts'
import { inputOf } from '../meetings/meeting.ts'
import { fail } from './errors.ts'

export type NoticeState = 'ANNOUNCED' | 'CANCELLED' | 'HELD'
export type Answer = 'COMES' | 'LEAVE'

/** What somebody is told of a meeting that is theirs, and what they said to it. */
export type MeetingNotice = {
  meetingId: string
  orgId: string
  memberId: string
  kind: MeetingKind
  state: NoticeState
  startsAt: Date
  place: string | null
  agenda: string[]
  cancelReason: string | null
  /** Null while they have said nothing, which is held against nobody. */
  answer: Answer | null
  leaveReason: string | null
  answeredAt: Date | null
  /** Whether the leave was granted; null while nobody decided. */
  granted: boolean | null
  refusalReason: string | null
  decidedAt: Date | null
}

/** What a meeting is planned as. */
export type Planned = { startsAt: Date; place: string | null; items: AgendaItem[]; participantIds: string[] }

/** A meeting is planned for a moment to come. @throws DomainError MEETING_IN_PAST */
export function requireToCome(startsAt: Date, now: Date): void {
  if (startsAt <= now) fail('MEETING_IN_PAST', { found: startsAt.toISOString(), wanted: now.toISOString() })
}

/** A plan, as what is written down of a meeting: nobody's attendance. */
export const inputOfPlan = ({ startsAt, place, items, participantIds }: Planned): MeetingInput => ({
  ...{ heldOn: shanghaiDay(startsAt), place, items, participantIds, agenda: null, minutes: null },
  ...{ exceptions: [], presentIds: [], leaves: [], absentIds: [], lateIds: [], leftEarlyIds: [], resolutions: [] },
})

/** What is said of a meeting that was held, as far as it was said: the rest is what was planned. */
export type Held = { [Field in keyof MeetingInput]: MeetingInput[Field] | null } & { heldOn: string }

/**
 * The record of a meeting that was announced: its place, its agenda, whose it is and who was granted leave are known and
 * asked for by nobody again, as who signed in by a code. Who is written down as having come, or not, did so, whatever
 * was granted or read.
 */
export function inputOfHeld(
  meeting: Pick<Meeting, 'kind'>,
  content: MeetingContent,
  notices: readonly Pick<MeetingNotice, 'memberId' | 'granted' | 'leaveReason'>[],
  held: Held,
  signedIn: readonly string[] = [],
): MeetingInput {
  const planned = inputOf(meeting.kind, content)
  const told = Object.fromEntries(Object.entries(held).filter(([, value]) => value !== null)) as Partial<MeetingInput>
  const leaves = held.leaves ?? []
  const accounted = new Set([
    ...(held.presentIds ?? []),
    ...(held.absentIds ?? []),
    ...(held.exceptions ?? []).map(({ memberId }) => memberId),
    ...leaves.map(({ memberId }) => memberId),
  ])
  const came = signedIn.filter(memberId => !accounted.has(memberId))
  for (const memberId of came) accounted.add(memberId)
  const presentIds = [...(held.presentIds ?? []), ...came]
  const granted = notices.flatMap(({ memberId, granted: isGranted, leaveReason }) =>
    isGranted && !accounted.has(memberId) ? [{ memberId, reason: leaveReason ?? '' }] : [],
  )
  return { ...planned, ...told, heldOn: held.heldOn, presentIds, leaves: [...leaves, ...granted] }
}

/** @throws DomainError MEETING_NOT_ANNOUNCED, MEETING_HAS_BEGUN */
export function requireOpen({ state, startsAt }: Pick<MeetingNotice, 'state' | 'startsAt'>, now: Date): void {
  if (state !== 'ANNOUNCED') fail('MEETING_NOT_ANNOUNCED', { found: state })
  if (startsAt <= now) fail('MEETING_HAS_BEGUN', { found: startsAt.toISOString(), wanted: now.toISOString() })
}
