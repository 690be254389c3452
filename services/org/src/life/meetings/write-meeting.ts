import { recordAudit } from '@linghang/access'
import { type MeetingState as PublishedMeeting, publish } from '@linghang/events'
import { kindOfOrganisation } from '../../structure/organisations/read-organisations.ts'
import { seatsOn } from '../../structure/seats/read-seats.ts'
import type { Work } from '../../work.ts'
import { composeMeeting, hashOf, requireBounds } from './compose-meeting.ts'
import { fail } from './errors.ts'
import {
  isAhead,
  isCommittee,
  isOfEverybody,
  type Meeting,
  type MeetingContent,
  type MeetingInput,
  peopleIn,
  type Registered,
  sitsInSeats,
} from './meeting.ts'
import { registerStore } from './register-store.ts'
import { meetingStore } from './store.ts'
import { tellAttendance } from './tell-attendance.ts'

/** The register of that day: a whole branch for an assembly, else those whom the meeting names. */
async function registerOf(
  { tx }: Work,
  { orgId, kind }: Pick<Meeting, 'orgId' | 'kind'>,
  input: MeetingInput,
): Promise<Registered[]> {
  const people = isOfEverybody(kind, input.participantIds) ? null : peopleIn(input)
  const { known, unknown } = await registerStore.onDay(tx, orgId, input.heldOn, people)
  if (unknown > 0) fail('REGISTER_NOT_HEARD', { found: unknown })
  const missing = isCommittee(kind) ? input.participantIds.filter(id => !known.some(one => one.memberId === id)) : []
  if (missing.length === 0) return known
  return [...known, ...(await registerStore.officersFromOutside(tx, orgId, input.heldOn, missing))]
}

/** Who sits in the committee that day, where nobody was named: asked for by nobody again. */
async function withCommittee(work: Work, { orgId, kind }: Meeting, input: MeetingInput): Promise<MeetingInput> {
  if (!sitsInSeats(kind) || input.participantIds.length > 0) return input
  const seats = await seatsOn(work, orgId, input.heldOn)
  const participantIds = [...new Set(seats.map(({ memberId }) => memberId))]
  if (participantIds.length === 0) return input
  const register = await registerOf(work, { orgId, kind }, { ...input, participantIds })
  const voters = new Set(register.flatMap(({ memberId, standing }) => (standing === 'FULL' ? [memberId] : [])))
  return { ...input, participantIds: participantIds.filter(memberId => voters.has(memberId)) }
}

export type Writing = {
  /** As it is to be: its state and the version that is written. */
  meeting: Meeting
  input: MeetingInput
  /** What the version before, or the draft, said. */
  before: MeetingContent | null
  action: 'recorded' | 'changed' | 'closed' | 'corrected' | 'planned' | 'replanned' | 'announced' | 'held' | 'signed-in'
  reason: string | null
}

/**
 * Judges what was written down, writes the version with its audit row and, when it is closed, publishes its votes.
 * @returns the meeting's id
 * @throws DomainError MEETING_IN_FUTURE, REGISTER_NOT_HEARD and what `composeMeeting` refuses
 */
export async function writeMeeting(work: Work, writing: Writing): Promise<string> {
  const { meeting, before, action, reason } = writing
  const { tx, actor, today } = work
  if (!isAhead(meeting.state) && writing.input.heldOn > today)
    fail('MEETING_IN_FUTURE', { found: writing.input.heldOn, wanted: today })
  requireBounds(writing.input)
  const input = await withCommittee(work, meeting, writing.input)
  const register = await registerOf(work, meeting, input)
  const complete = meeting.state === 'CLOSED'
  const organisationKind = (await kindOfOrganisation(work, meeting.orgId)) ?? ''
  const { kind } = meeting
  const judged = { organisationKind, kind, input, register, before: before?.resolutions ?? [] }
  const content = composeMeeting(judged, complete, work.newId)
  const after = { ...meeting, heldOn: content.heldOn, revision: meeting.revision + 1 }
  const { id, orgId, version } = after
  const { countyId, accountId } = actor
  const isNew = meeting.revision === 0
  if (isNew) await meetingStore.insert(tx, { ...after, countyId })
  const contentHash = new Uint8Array(hashOf(content))
  const closedAt = complete ? work.now : null
  const written = { meetingId: id, version, countyId, orgId, reason, contentHash, writtenBy: accountId, closedAt }
  await meetingStore.writeVersion(tx, written, content)
  if (!isNew) await meetingStore.update(tx, after)
  await recordAudit(work, [
    {
      orgId,
      action: `meeting.${action}`,
      subjectType: 'Meeting',
      subjectId: id,
      beforeHash: before && hashOf(before),
      afterHash: contentHash,
    },
  ])
  if (complete) {
    await publish(work, [{ type: 'org.meeting.closed.v1', orgId, subject: id, data: published(after, content) }])
    await tellAttendance(work, [id])
  }
  return id
}

/** Counts and outcomes, no names and no minutes. */
const published = ({ id, orgId, kind, version }: Meeting, content: MeetingContent): PublishedMeeting => ({
  id,
  orgId,
  kind,
  heldOn: content.heldOn,
  due: content.due,
  present: content.present,
  resolutions: content.resolutions.map(resolution => ({
    id: resolution.id,
    matter: resolution.matter,
    memberId: resolution.memberId,
    ...(resolution.spending
      ? { spendingId: resolution.spending.id, amountFen: `${resolution.spending.amountFen}` }
      : {}),
    ballots: resolution.ballots && {
      ...resolution.ballots,
      writtenInFavour: resolution.writtenInFavour,
      writtenAgainst: resolution.writtenAgainst,
    },
    carried: resolution.carried,
  })),
  version,
})
