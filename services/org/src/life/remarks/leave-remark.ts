import { recordAudit } from '@linghang/access'
import { heardOn as hearsOn, minuteOfDay } from '@linghang/rulebook'
import { requireReason } from '@linghang/subgraph'
import { toId } from '@linghang/subgraph/ids'
import { useCase } from '../../work.ts'
import { tellFollowUp } from '../follow-ups/tell-follow-up.ts'
import { seenMeetings } from '../meetings/read-meetings.ts'
import { fail } from './errors.ts'
import { requireFromAbove } from './from-above.ts'
import { type RecordRemark, remarkLimits, requireRemark } from './remark.ts'
import { remarkStore } from './store.ts'

export type LeaveRemark = { meetingId: string; text: string; dueOn: string | null }

/**
 * What whoever is above has to say of a closed record: the branch finds it in its inbox and answers.
 * @throws DomainError NOT_FOUND, REMARK_NOT_FROM_ABOVE, REMARK_ON_OPEN_RECORD, REMARK_DUE_IN_PAST, RECORD_REMARKS_FULL, BAD_INPUT
 */
export const leaveRecordRemark = useCase('leaveRecordRemark', async (work, input: LeaveRemark) => {
  const { tx, actor, now, today, newId } = work
  const { meetingId, dueOn } = input
  const what = toId('Meeting', meetingId)
  const [meeting] = await seenMeetings(work, [meetingId])
  const { orgId, state } = meeting ?? fail('NOT_FOUND', { what })
  await requireFromAbove(work, orgId, what)
  // A closed meeting stays one: nothing has to be held for this to be true when it is written.
  if (state !== 'CLOSED') fail('REMARK_ON_OPEN_RECORD', { found: state })
  const text = requireReason(input.text, 'text', remarkLimits.text)
  requireRemark(dueOn, today, await remarkStore.count(tx, meetingId))
  const heardOn = hearsOn(today, minuteOfDay(now))
  const remark: RecordRemark = {
    ...{ id: newId(), meetingId, orgId, text, dueOn, state: 'OPEN', saidOn: today, saidAt: now },
    ...{ settledAt: null, settledNote: null, version: 1n },
  }
  await remarkStore.leave(tx, { ...remark, countyId: actor.countyId, saidBy: actor.accountId, heardOn })
  await tellFollowUp(work, orgId)
  await recordAudit(work, [{ orgId, action: 'record-remark.left', subjectType: 'Meeting', subjectId: meetingId }])
  return meetingId
})
