import { type Actor, once, recordAudit } from '@linghang/access'
import { requireReason } from '@linghang/subgraph'
import type { Deps } from '../deps.ts'
import { fail } from '../errors.ts'
import { hashOf } from './compose-meeting.ts'
import { limits } from './meeting.ts'
import { meetingStore } from './store.ts'
import { contentOf, lockKept } from './write-meeting.ts'

/**
 * Deletes a draft, which proves nothing yet, with the reason in the audit: by whoever began it, or an administrator of
 * its organisation where that person is gone.
 * @throws DomainError NOT_FOUND, FORBIDDEN, CONFLICT, MEETING_IS_CLOSED, BAD_INPUT without a reason
 */
export function deleteMeeting(deps: Deps) {
  return (
    actor: Actor,
    input: { id: string; reason: string; revision: number | null },
    idempotencyKey: string | null,
  ): Promise<string> =>
    deps.transact(actor, tx =>
      once({ tx, actor }, { operation: 'deleteMeeting', key: idempotencyKey, input }, async () => {
        const { id } = input
        const meeting = await lockKept(deps, tx, actor, id, input.revision)
        const reason = requireReason(input.reason, 'reason', limits.reason)
        if (meeting.state === 'CLOSED') fail('MEETING_IS_CLOSED', { version: meeting.version })
        const isOwn = actor.accountId !== null && meeting.recordedBy === actor.accountId
        if (!isOwn && !(await deps.supervision.heldAs(tx, actor, 'ADMIN', [meeting.orgId])).has(meeting.orgId))
          fail('FORBIDDEN', { wanted: 'ADMIN' })
        const beforeHash = hashOf(await contentOf(tx, meeting))
        await meetingStore.deleteDraft(tx, meeting)
        const { orgId } = meeting
        await recordAudit({ tx, actor }, [
          { orgId, action: `meeting.deleted: ${reason}`, subjectType: 'Meeting', subjectId: id, beforeHash },
        ])
        return id
      }),
    )
}
