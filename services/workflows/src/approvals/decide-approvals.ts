import { approvalRules } from '@linghang/rulebook'
import { DomainError } from '@linghang/subgraph/errors'
import type { Context, Work } from '../work.ts'
import type { Approval } from './approval.ts'
import { wantsMeeting } from './committee-vote.ts'
import { type Decision, decideApproval } from './decide-approval.ts'
import { visibleApprovals } from './deciding-office.ts'
import { fail } from './errors.ts'

const decisionsAtMost = 100

export type ItemOutcome = { approvalId: string; refusal: DomainError | null }

/** Those of the approvals that a committee has to vote on: person by person, not by the dozen. */
async function votedOn(work: Work, ids: readonly string[]): Promise<Map<string, Approval>> {
  const { approvals } = await visibleApprovals(work, ids)
  return new Map(approvals.filter(wantsMeeting).map(approval => [approval.id, approval]))
}

/** @throws DomainError DECIDED_ONE_BY_ONE */
function refuseVotedOn(approval: Approval): never {
  const { article, source } = approvalRules[approval.kind].meeting?.citation ?? approval
  return fail('DECIDED_ONE_BY_ONE', { article, source })
}

/**
 * Decides on many, each by itself: what one is refused for stops none of the others, and each is whole or not at all,
 * in a transaction and under a key of its own. What a committee has to vote on is refused here: see `decideApproval`.
 * @param key chosen by the caller for all of them; null for none
 * @throws DomainError BAD_INPUT for more than 100, or one twice
 */
export async function decideApprovals(
  { perform, run }: Pick<Context, 'perform' | 'run'>,
  decisions: readonly Decision[],
  key: string | null,
): Promise<ItemOutcome[]> {
  const distinct = new Set(decisions.map(({ approvalId }) => approvalId)).size
  if (decisions.length > decisionsAtMost || distinct < decisions.length)
    fail('BAD_INPUT', {
      ...{ field: 'decisions', found: decisions.length },
      wanted: `at most ${decisionsAtMost}, each once`,
      wantedZh: `最多 ${decisionsAtMost} 项，每项一次`,
    })
  // What is sent back is not voted on.
  const decided = decisions.filter(({ outcome }) => outcome !== 'RETURNED').map(({ approvalId }) => approvalId)
  const byVote = await perform(work => votedOn(work, decided))
  const outcomes: ItemOutcome[] = []
  for (const decision of decisions) {
    const { approvalId } = decision
    const wanting = byVote.get(approvalId)
    try {
      if (wanting) refuseVotedOn(wanting)
      await run(decideApproval, decision, key && `${key}/${approvalId}`)
      outcomes.push({ approvalId, refusal: null })
    } catch (error) {
      if (!(error instanceof DomainError)) throw error
      outcomes.push({ approvalId, refusal: error })
    }
  }
  return outcomes
}
