import { approvalRules } from '@linghang/rulebook'
import { DomainError } from '@linghang/subgraph'
import type { Context, Work } from '../work.ts'
import { wantsMeeting } from './committee-vote.ts'
import { type Decision, decideApproval } from './decide-approval.ts'
import { fail } from './errors.ts'
import { visibleApprovals } from './standing.ts'

export const decisionsAtMost = 100

export type ItemOutcome = { approvalId: string; refusal: DomainError | null }

/** What the committee votes on person by person is not decided by the dozen. @throws DomainError DECIDED_ONE_BY_ONE */
async function requireNoVote(work: Work, approvalId: string): Promise<void> {
  const [approval] = (await visibleApprovals(work, [approvalId])).approvals
  if (!approval || !wantsMeeting(approval)) return
  const { article, source } = approvalRules[approval.kind].meeting?.citation ?? approval
  fail('DECIDED_ONE_BY_ONE', { article, source })
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
  const outcomes: ItemOutcome[] = []
  for (const decision of decisions) {
    const { approvalId, outcome } = decision
    try {
      if (outcome !== 'RETURNED') await perform(work => requireNoVote(work, approvalId))
      await run(decideApproval, decision, key && `${key}/${approvalId}`)
      outcomes.push({ approvalId, refusal: null })
    } catch (error) {
      if (!(error instanceof DomainError)) throw error
      outcomes.push({ approvalId, refusal: error })
    }
  }
  return outcomes
}
