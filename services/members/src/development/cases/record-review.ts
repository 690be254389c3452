import { advanceMember } from '../../register/people/write-member.ts'
import { review } from './case-commands.ts'
import type { ReviewKind } from './facts.ts'
import { onCase } from './on-case.ts'

/**
 * Records that an activist was reviewed (半年考察), a thought report came (思想汇报), a contact talked to the person, or a
 * probationary member was reviewed.
 * @throws DomainError NOT_FOUND, OWN_CASE, NOT_THE_OFFICE, CASE_CLOSED, DATE_IN_FUTURE, DATES_OUT_OF_ORDER
 */
export const recordReview = onCase(
  'recordReview',
  'case.review-held',
  (at, { kind, on }: { caseId: string; kind: ReviewKind; on: string }) => review(at, kind, on),
  async (work, { state }, { kind, on }) => {
    if (kind === 'HALF_YEARLY') await advanceMember(work, state.memberId, { lastReviewOn: on })
  },
)
