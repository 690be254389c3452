import { recordAudit } from '@linghang/access'
import { requireReason } from '@linghang/subgraph'
import { useCase } from '../../work.ts'
import { drawStore } from '../draws/store.ts'
import { tellDraw } from '../draws/tell-draw.ts'
import { fail } from './errors.ts'
import { holdReview } from './hold-review.ts'
import { reviewLimits } from './review.ts'
import { reviewStore } from './store.ts'

/**
 * Opens a published review for another version; the one that is published counts until that one is.
 * @throws DomainError NOT_FOUND, FORBIDDEN, DECIDED_BY_A_PERSON, REVIEW_OF_OWN_BRANCH, REVIEW_STATE, REVIEW_VERSIONS_FULL, BAD_INPUT
 */
export const correctLedgerReview = useCase(
  'correctLedgerReview',
  async (work, input: { id: string; reason: string }): Promise<string> => {
    const { review } = await holdReview(work, input.id, 'correct')
    const { id, version, branchId } = review
    if (version >= reviewLimits.versions)
      fail('REVIEW_VERSIONS_FULL', { found: version, wanted: reviewLimits.versions })
    const correction = requireReason(input.reason, 'reason', reviewLimits.reason)
    const nobody = { judgedBy: null, judgedAt: null, readBy: null, readAt: null, returnReason: null }
    const again = { state: 'TO_JUDGE', version: version + 1, correction, publishedBy: null, publishedAt: null } as const
    const draw = await drawStore.lock(work.tx, work.actor.countyId, review.drawId)
    await reviewStore.update(work.tx, { ...review, ...nobody, ...again })
    if (draw) await tellDraw(work, draw, await reviewStore.waiting(work.tx, draw.id))
    await recordAudit(work, [
      { orgId: branchId, action: 'ledger-review.reopened', subjectType: 'LedgerReview', subjectId: id },
    ])
    return id
  },
)
