import { recordAudit } from '@linghang/access'
import { requireReason } from '@linghang/subgraph'
import { toId } from '@linghang/subgraph/ids'
import { useCase, type Work } from '../../work.ts'
import { holdKept } from '../meetings/hold-meeting.ts'
import { tellAttendance } from '../meetings/tell-attendance.ts'
import { fail } from './errors.ts'
import { liveLimits, type MakeUpReason } from './live.ts'
import { liveStore } from './store.ts'

export type SayMadeUp = { meetingId: string; reason: MakeUpReason; note: string }

/**
 * Says that one has made up a meeting from which one was away, for work or illness: how is for the branch to judge.
 * @throws DomainError NOT_FOUND, NOTHING_TO_MAKE_UP, MAKE_UP_DECIDED, BAD_INPUT
 */
export const sayMeetingMadeUp = useCase(
  'sayMeetingMadeUp',
  async (work, { meetingId, reason, note }: SayMadeUp) => {
    const { tx, actor, now } = work
    const { memberId, countyId } = actor
    const found = memberId && (await liveStore.attendance(tx, countyId, meetingId, memberId))
    if (!memberId || !found) return fail('NOT_FOUND', { what: toId('Meeting', meetingId) })
    const { orgId, state, attendance } = found
    const wasAway = (attendance === 'LEAVE' || attendance === 'ABSENT') && (state === 'DRAFT' || state === 'CLOSED')
    if (!wasAway) fail('NOTHING_TO_MAKE_UP', { found: attendance ?? state })
    const before = await liveStore.lockMakeUp(tx, meetingId, memberId)
    if (before?.confirmed != null) fail('MAKE_UP_DECIDED', { found: before.confirmed ? 'CONFIRMED' : 'REFUSED' })
    const said = { reason, note: requireReason(note, 'note', liveLimits.note), saidAt: now }
    await liveStore.sayMadeUp(tx, { meetingId, countyId, orgId, memberId, ...said })
    await audit(work, orgId, meetingId, 'meeting.made-up-said')
    return meetingId
  },
  // A member sees no meeting, and asks of their own attendance alone.
  { rights: 'COUNTY' },
)

export type DecideMakeUp = { meetingId: string; memberId: string; confirmed: boolean; reason: string | null }

/**
 * The branch confirms that somebody has made a meeting up, or does not, with the reason. They were away all the same.
 * @throws DomainError NOT_FOUND, FORBIDDEN, MAKE_UP_NOT_SAID, BAD_INPUT for a refusal without a reason
 */
export const decideMakeUp = useCase('decideMakeUp', async (work, input: DecideMakeUp) => {
  const { tx, now } = work
  const { meetingId, memberId, confirmed } = input
  const { orgId } = await holdKept(work, meetingId, null)
  const said = await liveStore.lockMakeUp(tx, meetingId, memberId)
  if (!said) return fail('MAKE_UP_NOT_SAID', { memberId: toId('Member', memberId) })
  const refusalReason = confirmed ? null : requireReason(input.reason ?? '', 'reason', liveLimits.note)
  await liveStore.decideMakeUp(tx, said, { confirmed, refusalReason, decidedAt: now })
  await audit(work, orgId, meetingId, confirmed ? 'meeting.made-up-confirmed' : 'meeting.made-up-refused')
  if (confirmed || said.confirmed === true) await tellAttendance(work, [meetingId])
  return meetingId
})

const audit = (work: Work, orgId: string, subjectId: string, action: string): Promise<void> =>
  recordAudit(work, [{ orgId, action, subjectType: 'Meeting', subjectId }])
