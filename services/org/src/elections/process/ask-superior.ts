import { undoable } from '@linghang/access'
import type { ApprovalDecisionState } from '@linghang/events'
import type { OrganisationApproval } from '@linghang/rulebook'
import { DomainError } from '@linghang/subgraph/errors'
import { currentOf } from '../../life/meetings/attended.ts'
import { askAgain, askApproval, committeesAbove, withdrawApproval } from '../../structure/requests/ask-approval.ts'
import type { Answer } from '../../structure/requests/hear-decisions.ts'
import { useCase, type Work } from '../../work.ts'
import { asking, deciding, requireRecord, withdrawing } from './asking.ts'
import type { ElectionState } from './election.ts'
import type { ApprovalStage } from './facts.ts'
import { cancelling } from './preparing.ts'
import { seatElected } from './seat-elected.ts'
import { type HeldElection, holdElection, keepElection, writeElection } from './write-election.ts'

/** What the superior decides on. Another day than the term's end is asked for with its reason. */
function kindOf({ kind }: Pick<ElectionState, 'kind'>, stage: ApprovalStage): OrganisationApproval {
  if (stage === 'REQUEST') return kind === 'LATE' || kind === 'EARLY' ? 'ELECTION_POSTPONEMENT' : 'ELECTION_REQUEST'
  return stage === 'CANDIDATES' ? 'ELECTION_CANDIDATES' : 'ELECTION_RESULT'
}

type Of = { electionId: string; stage: ApprovalStage }

/**
 * Asks the superior to agree to the election, to its candidates, or to approve its result; again what it sent back.
 * @throws DomainError NOT_FOUND, FORBIDDEN and as `asking`, for a result as `requireRecord` too
 */
export const requestElectionApproval = useCase('requestElectionApproval', async (work, { electionId, stage }: Of) => {
  const held = await keepElection(work, electionId)
  const { congress } = held.state
  // Whoever holds a congress examines who is elected to it.
  const [deciderOrgId = null] = congress ? [congress.orgId] : await committeesAbove(work, held.state.orgId)
  const asked = asking({ state: held.state, today: work.today }, stage, '', deciderOrgId)
  const { assembly } = held.state
  if (stage === 'RESULT' && assembly) requireRecord(assembly, await currentOf(work, assembly.meetingId))
  const { orgId } = held.state
  const { approvalId: returned } = asked
  if (returned) await askAgain(work, returned)
  const subject = { subjectType: 'Election' as const, subjectId: held.id, orgId, deciderOrgId: asked.deciderOrgId }
  const approvalId = returned || (await askApproval(work, { kind: kindOf(held.state, stage), ...subject }))
  await writeElection(work, held, 'election.approval-requested', { ...asked, approvalId })
  return held.id
})

/** Takes a request back that has not been decided. @throws DomainError NOT_FOUND, FORBIDDEN, NOTHING_TO_WITHDRAW */
export const withdrawElectionApproval = useCase('withdrawElectionApproval', async (work, { electionId, stage }: Of) => {
  const held = await keepElection(work, electionId)
  const fact = withdrawing({ state: held.state, today: work.today }, stage)
  await withdrawApproval(work, fact.approvalId)
  await writeElection(work, held, 'election.approval-withdrawn', fact)
  return held.id
})

async function cancel(work: Work, held: HeldElection, reason: string): Promise<void> {
  const fact = cancelling({ state: held.state, today: work.today }, reason)
  for (const { id, state } of Object.values(held.state.approvals))
    if (state === 'OPEN' || state === 'RETURNED') await withdrawApproval(work, id)
  await writeElection(work, held, 'election.cancelled', fact)
}

/** Calls an election off, for a congress with those of its delegates, and takes back what waits for its answer. @throws DomainError NOT_FOUND, FORBIDDEN, ELECTION_CLOSED */
export const cancelElection = useCase(
  'cancelElection',
  async (work, { electionId, reason }: { electionId: string; reason: string }) => {
    const held = await keepElection(work, electionId)
    await cancel(work, held, reason)
    // Of a congress that is not held nobody is a delegate.
    for (const unit of held.state.units) {
      const delegates = await holdElection(work, unit.electionId)
      if (delegates?.state.phase === 'OPEN') await cancel(work, delegates, reason)
    }
    return held.id
  },
)

async function decided(work: Work, decision: ApprovalDecisionState): Promise<void> {
  const held = await holdElection(work, decision.subjectId)
  const fact = held && deciding(held.state, decision)
  if (!held || !fact) return
  const state = await writeElection(work, held, 'election.approval-decided', fact)
  if (fact.stage !== 'RESULT' || fact.outcome !== 'APPROVED') return
  try {
    await undoable(work, () => seatElected(work, { id: held.id, state }))
  } catch (error) {
    // The approval stands: what is in the way is mended, and the office seats them then.
    if (!(error instanceof DomainError)) throw error
  }
}

/** What the superior decided of elections, in the transaction that hears of it. */
export const answerElections: Answer = {
  kinds: ['ELECTION_REQUEST', 'ELECTION_POSTPONEMENT', 'ELECTION_CANDIDATES', 'ELECTION_RESULT'],
  decided,
}
