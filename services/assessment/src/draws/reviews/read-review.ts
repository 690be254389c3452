import { recordAudit } from '@linghang/access'
import { requireReason } from '@linghang/subgraph'
import { useCase } from '../../work.ts'
import { fail } from './errors.ts'
import { holdReview } from './hold-review.ts'
import { requireSecond, reviewLimits } from './review.ts'
import { reviewStore } from './store.ts'

export type ReadReview = { id: string; agrees: boolean; reason: string | null }

/**
 * A second reader, who has not judged it, agrees, which locks it, or returns it with a reason.
 * @throws DomainError NOT_FOUND, FORBIDDEN, DECIDED_BY_A_PERSON, REVIEW_OF_OWN_BRANCH, REVIEW_STATE, REVIEW_SAME_READER, BAD_INPUT
 */
export const readLedgerReview = useCase('readLedgerReview', async (work, input: ReadReview): Promise<string> => {
  const { tx, now } = work
  const { review, accountId } = await holdReview(work, input.id, 'read')
  requireSecond(review, accountId)
  if (input.agrees && input.reason !== null)
    fail('BAD_INPUT', {
      field: 'reason',
      found: input.reason,
      wanted: 'nothing, where you agree',
      wantedZh: '同意时不填',
    })
  const returnReason = input.agrees ? null : requireReason(input.reason ?? '', 'reason', reviewLimits.reason)
  const state = input.agrees ? ('LOCKED' as const) : ('RETURNED' as const)
  await reviewStore.update(tx, { ...review, state, readBy: accountId, readAt: now, returnReason })
  const action = input.agrees ? 'ledger-review.agreed' : 'ledger-review.returned'
  await recordAudit(work, [{ orgId: review.branchId, action, subjectType: 'LedgerReview', subjectId: review.id }])
  return review.id
})
