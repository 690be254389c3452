import { recordAudit } from '@linghang/access'
import { requireReason } from '@linghang/subgraph'
import { toId } from '@linghang/subgraph/ids'
import { useCase, type Work } from '../../work.ts'
import { limits } from '../meetings/meeting.ts'
import { fail } from './errors.ts'
import { holdAhead } from './hold-ahead.ts'
import { type Answer, type MeetingNotice, requireOpen } from './notice.ts'
import { noticeStore } from './store.ts'

export type AnswerNotice = { meetingId: string; answer: Answer; reason: string | null }

/**
 * Says that one comes, or asks for leave; another answer takes the place of the one before, until the meeting begins.
 * @throws DomainError NOT_FOUND, MEETING_NOT_ANNOUNCED, MEETING_HAS_BEGUN, BAD_INPUT for leave without a reason
 */
export const answerMeetingNotice = useCase('answerMeetingNotice', async (work, input: AnswerNotice) => {
  const { tx, actor, now } = work
  const { meetingId, answer } = input
  const notice = actor.memberId && (await noticeStore.lock(tx, actor.countyId, meetingId, actor.memberId))
  if (!notice) return fail('NOT_FOUND', { what: toId('Meeting', meetingId) })
  requireOpen(notice, now)
  const leaveReason = answer === 'LEAVE' ? requireReason(input.reason ?? '', 'reason', limits.reason) : null
  await noticeStore.answer(tx, notice, { answer, leaveReason, at: now })
  await audit(work, notice, answer === 'LEAVE' ? 'meeting.leave-asked' : 'meeting.answered')
  return meetingId
})

export type DecideLeave = {
  meetingId: string
  memberId: string
  granted: boolean
  /** Why it is refused; or, where it was asked for by word, why it was asked for. */
  reason: string | null
}

/**
 * Grants or refuses leave. Where somebody asked by word the branch writes the reason down and grants it.
 * @throws DomainError NOT_TOLD_OF_MEETING, LEAVE_NOT_ASKED, MEETING_NOT_AHEAD, BAD_INPUT for a refusal without a reason
 */
export const decideLeave = useCase('decideLeave', async (work, input: DecideLeave) => {
  const { tx, actor, now } = work
  const { meetingId, memberId, granted } = input
  await holdAhead(work, { id: meetingId, revision: null }, 'changed')
  const notice = await noticeStore.lock(tx, actor.countyId, meetingId, memberId)
  const named = { memberId: toId('Member', memberId) }
  if (!notice) return fail('NOT_TOLD_OF_MEETING', named)
  if (notice.answer !== 'LEAVE') {
    if (!granted || input.reason === null) return fail('LEAVE_NOT_ASKED', named)
    const leaveReason = requireReason(input.reason, 'reason', limits.reason)
    await noticeStore.answer(tx, notice, { answer: 'LEAVE', leaveReason, at: now })
  }
  const refusalReason = granted ? null : requireReason(input.reason ?? '', 'reason', limits.reason)
  await noticeStore.decide(tx, notice, { granted, refusalReason, decidedAt: now })
  await audit(work, notice, granted ? 'meeting.leave-granted' : 'meeting.leave-refused')
  return meetingId
})

/** Reasons are not in the audit: they may be of somebody's health. */
const audit = (work: Work, { orgId, meetingId }: MeetingNotice, action: string): Promise<void> =>
  recordAudit(work, [{ orgId, action, subjectType: 'Meeting', subjectId: meetingId }])
