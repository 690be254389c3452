import { recordAudit } from '@linghang/access'
import { requireReason } from '@linghang/subgraph'
import { useCase } from '../../work.ts'
import { drawStore } from '../draws/store.ts'
import { fail } from './errors.ts'
import { holdReview } from './hold-review.ts'
import { requireScores, reviewLimits, type Score, sumOf } from './review.ts'
import { reviewStore } from './store.ts'

export type JudgeReview = { id: string; scores: Score[]; remark: string | null }

/**
 * Judges what was drawn, item by item; what a second reader has said of an earlier judgement goes with it.
 * @throws DomainError NOT_FOUND, FORBIDDEN, DECIDED_BY_A_PERSON, REVIEW_OF_OWN_BRANCH, REVIEW_STATE, BAD_INPUT
 */
export const judgeLedgerReview = useCase('judgeLedgerReview', async (work, input: JudgeReview): Promise<string> => {
  const { tx, actor, now } = work
  const { review, accountId } = await holdReview(work, input.id, 'judge')
  const [draw] = await drawStore.byIds(tx, actor.countyId, [review.drawId])
  const { items } = draw ?? fail('NOT_FOUND', { what: review.drawId })
  const scores = requireScores(input.scores, items).map(({ key, points, remark }) => ({
    ...{ key, points },
    remark: remark === null ? null : requireReason(remark, `scores.${key}.remark`, reviewLimits.itemRemark),
  }))
  const remark = input.remark === null ? null : requireReason(input.remark, 'remark', reviewLimits.remark)
  await reviewStore.update(tx, {
    ...{ ...review, scores, remark, points: sumOf(scores.map(({ points }) => points)) },
    ...{ state: 'JUDGED', judgedBy: accountId, judgedAt: now, readBy: null, readAt: null, returnReason: null },
  })
  await recordAudit(work, [
    { orgId: review.branchId, action: 'ledger-review.judged', subjectType: 'LedgerReview', subjectId: review.id },
  ])
  return review.id
})
