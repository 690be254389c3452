import { recordAudit } from '@linghang/access'
import { requireReason } from '@linghang/subgraph'
import { useCase } from '../../work.ts'
import { limits } from '../meetings/meeting.ts'
import { meetingStore } from '../meetings/store.ts'
import { holdAhead, publishAnnounced } from './hold-ahead.ts'
import { noticeStore } from './store.ts'

export type CancelMeeting = { id: string; reason: string; revision: number | null }

/**
 * A meeting to come is not held; it stays with the reason, and whoever was told finds it cancelled.
 * @throws DomainError MEETING_NOT_AHEAD, BAD_INPUT without a reason
 */
export const cancelMeeting = useCase('cancelMeeting', async (work, { id, reason, revision }: CancelMeeting) => {
  const { tx } = work
  const meeting = await holdAhead(work, { id, revision }, 'cancelled')
  const cancelReason = requireReason(reason, 'reason', limits.reason)
  const cancelled = { ...meeting, state: 'CANCELLED' as const, cancelReason, revision: meeting.revision + 1 }
  await meetingStore.update(tx, cancelled)
  await noticeStore.retell(tx, id, { state: 'CANCELLED', cancelReason })
  const { orgId } = meeting
  await recordAudit(work, [
    { orgId, action: `meeting.cancelled: ${cancelReason}`, subjectType: 'Meeting', subjectId: id },
  ])
  if (meeting.state === 'ANNOUNCED') await publishAnnounced(work, cancelled, meeting.startsAt, 'CANCELLED')
  return id
})
