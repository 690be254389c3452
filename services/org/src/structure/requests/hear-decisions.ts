import { type ApprovalDecisionState, reaction } from '@linghang/events'
import type { OrganisationApproval } from '@linghang/rulebook'
import type { Work } from '../../work.ts'
import { requestStore } from './store.ts'

/** Who acts on what a superior decided of these kinds, in the transaction that hears of it. */
export type Answer = {
  kinds: readonly OrganisationApproval[]
  decided(work: Work, decision: ApprovalDecisionState): Promise<void>
}

/** Which answer each kind has. @throws Error where two answer for one kind */
export function answersByKind(answers: readonly Answer[]): ReadonlyMap<string, Answer> {
  const byKind = new Map<string, Answer>()
  for (const answer of answers)
    for (const kind of answer.kinds) {
      if (byKind.has(kind)) throw new Error(`two answer for what is decided of ${kind}`)
      byKind.set(kind, answer)
    }
  return byKind
}

/**
 * What the superior decided: the request takes it over once, whatever is told again, and whoever answers for its kind acts
 * on it. Of one that was taken back meanwhile, or handed in again, nothing is heard.
 */
export const hearDecisions = (answers: ReadonlyMap<string, Answer>) =>
  reaction(['workflows.approval.decided.v1'], async (work: Work, events) => {
    for (const { data } of events) {
      const request = await requestStore.lock(work.tx, work.actor.countyId, data.id)
      if (request === null || request.state !== 'OPEN' || request.round !== data.round) continue
      await requestStore.update(work.tx, request.id, { state: data.outcome, decidedOn: data.decidedOn })
      await answers.get(request.kind)?.decided(work, data)
    }
  })
