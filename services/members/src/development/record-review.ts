import { type Actor, once } from '@linghang/access'
import type { Deps } from '../deps.ts'
import { advanceMember } from '../people/write-member.ts'
import { keepCase } from './case-access.ts'
import { review } from './case-commands.ts'
import type { ReviewKind } from './facts.ts'
import { caseToday, writeCase } from './write-case.ts'

/**
 * Records that an activist was reviewed (半年考察), a thought report came (思想汇报), a contact talked to the person, or a
 * probationary member was reviewed.
 * @throws DomainError NOT_FOUND, OWN_CASE, NOT_THE_OFFICE, CASE_CLOSED, DATE_IN_FUTURE, DATES_OUT_OF_ORDER
 */
export function recordReview(deps: Deps) {
  return (
    actor: Actor,
    input: { caseId: string; kind: ReviewKind; on: string },
    idempotencyKey: string | null,
  ): Promise<string> =>
    deps.transact(actor, tx =>
      once({ tx, actor }, { operation: 'recordReview', key: idempotencyKey, input }, async () => {
        const held = await keepCase(deps, tx, actor, input.caseId)
        const { state } = held
        await writeCase(deps, tx, actor, held, 'case.review-held', review(caseToday(deps, held), input.kind, input.on))
        if (input.kind === 'HALF_YEARLY') await advanceMember(tx, actor, state.memberId, { lastReviewOn: input.on })
        return held.id
      }),
    )
}
