import { recordAudit } from '@linghang/access'
import { requireReason } from '@linghang/subgraph'
import { useCase } from '../../work.ts'
import { besideStore } from './beside-store.ts'
import { hashOf } from './compose-meeting.ts'
import { fail } from './errors.ts'
import { contentOf, holdKept } from './hold-meeting.ts'
import { limits } from './meeting.ts'
import { meetingStore } from './store.ts'

export type DeleteMeeting = { id: string; reason: string; revision: number | null }

/**
 * Deletes a draft, which proves nothing yet, with the reason in the audit: by whoever began it, or an administrator of
 * its organisation where that person is gone.
 * @throws DomainError NOT_FOUND, FORBIDDEN, CONFLICT, MEETING_IS_CLOSED, MEETING_WAS_PLANNED, MEETING_HAS_MORE, BAD_INPUT without a reason
 */
export const deleteMeeting = useCase('deleteMeeting', async (work, input: DeleteMeeting) => {
  const { tx, actor, supervision } = work
  const { id } = input
  const meeting = await holdKept(work, id, input.revision)
  const reason = requireReason(input.reason, 'reason', limits.reason)
  if (meeting.state === 'CLOSED') fail('MEETING_IS_CLOSED', { version: meeting.version })
  // Whoever it was announced to would look for it.
  if (meeting.startsAt !== null) fail('MEETING_WAS_PLANNED', { found: meeting.state })
  // Measures and appraisals are of this meeting and of nothing else; the lock keeps others from coming meanwhile.
  if (await besideStore.isBeside(tx, id)) fail('MEETING_HAS_MORE')
  const { orgId } = meeting
  const isOwn = actor.accountId !== null && meeting.recordedBy === actor.accountId
  if (!isOwn && !(await supervision.heldAs('ADMIN', [orgId])).has(orgId)) fail('FORBIDDEN', { wanted: 'ADMIN' })
  const beforeHash = hashOf(await contentOf(work, meeting))
  await meetingStore.deleteDraft(tx, meeting)
  await recordAudit(work, [
    { orgId, action: `meeting.deleted: ${reason}`, subjectType: 'Meeting', subjectId: id, beforeHash },
  ])
  return id
})
