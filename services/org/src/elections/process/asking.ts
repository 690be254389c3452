import { countCitations, electionCitations, postsWithoutCommittee } from '@linghang/rulebook'
import { toId } from '@linghang/subgraph/ids'
import { type Assembly, type ElectionState, postsLeft } from './election.ts'
import { fail } from './errors.ts'
import { type ApprovalOutcome, type ApprovalStage, approvalStages, type Fact } from './facts.ts'
import { cited } from './opening.ts'
import { type ElectionToday, requireApproved, requireNotAsked, requireOpen } from './preparing.ts'

/** Seats of the committee that nobody was elected to. */
export const seatsLeft = (state: ElectionState): number => state.seats - state.elected.length

export type AssemblyRecord = { isClosed: boolean; heldOn: string; due: number; present: number }

/**
 * What was counted rests on who was due and who came: the record of the assembly is closed, and still says so.
 * @param record of the assembly today; null where it is not there
 * @throws DomainError ASSEMBLY_NOT_CLOSED, ASSEMBLY_SAYS_OTHERWISE
 */
export function requireRecord(assembly: Assembly, record: AssemblyRecord | null): void {
  const cite = cited(countCitations.quorum)
  const meetingId = toId('Meeting', assembly.meetingId)
  const { due, present, heldOn } = record?.isClosed ? record : fail('ASSEMBLY_NOT_CLOSED', { meetingId, ...cite })
  if (due !== assembly.due || present !== assembly.present || heldOn !== assembly.on)
    fail('ASSEMBLY_SAYS_OTHERWISE', {
      ...{ meetingId, heldOn, due, present },
      ...{ wantedOn: assembly.on, wantedDue: assembly.due, wantedPresent: assembly.present, ...cite },
    })
}

/** @throws DomainError RESULT_NOT_COMPLETE */
function requireComplete(state: ElectionState): void {
  const [seats, posts] = [seatsLeft(state), postsLeft(state)]
  if (state.assembly === null || seats > 0 || posts.length > 0)
    fail('RESULT_NOT_COMPLETE', { seats, posts: posts.join(', ') || '-', ...cited(postsWithoutCommittee.citation) })
}

/**
 * A request to the superior. Handed in again after a return it is the same one in its next round.
 * @param deciderOrgId who is above; null where nobody is
 * @throws DomainError ELECTION_CLOSED, ALREADY_ASKED, NOT_APPROVED_YET, CANDIDATES_NOT_SET, RESULT_NOT_COMPLETE, NO_SUPERIOR
 */
export function asking(
  { state, today }: ElectionToday,
  stage: ApprovalStage,
  newId: string,
  deciderOrgId: string | null,
): Fact & { type: 'APPROVAL_REQUESTED' } {
  requireOpen(state)
  requireNotAsked(state, stage)
  if (stage !== 'REQUEST') requireApproved(state, 'REQUEST')
  if (stage === 'CANDIDATES' && !state.candidates) fail('CANDIDATES_NOT_SET', cited(electionCitations.CANDIDATES))
  if (stage === 'RESULT') {
    requireApproved(state, 'CANDIDATES')
    requireComplete(state)
  }
  if (deciderOrgId === null) return fail('NO_SUPERIOR')
  const before = state.approvals[stage]
  const returned = before?.state === 'RETURNED' ? before : null
  const [approvalId, round] = [returned?.id ?? newId, (returned?.round ?? 0) + 1]
  return { type: 'APPROVAL_REQUESTED', on: today, stage, approvalId, round, deciderOrgId }
}

/** @throws DomainError NOTHING_TO_WITHDRAW */
export function withdrawing(
  { state, today }: ElectionToday,
  stage: ApprovalStage,
): Fact & { type: 'APPROVAL_WITHDRAWN' } {
  requireOpen(state)
  const approval = state.approvals[stage]
  if (approval?.state !== 'OPEN') return fail('NOTHING_TO_WITHDRAW')
  return { type: 'APPROVAL_WITHDRAWN', on: today, stage, approvalId: approval.id }
}

export type Decision = { id: string; round: number; outcome: ApprovalOutcome; decidedOn: string }

/** The decision as a fact; null where it comes too late. */
export function deciding(
  state: ElectionState,
  { id, round, outcome, decidedOn }: Decision,
): (Fact & { type: 'APPROVAL_DECIDED' }) | null {
  const stage = approvalStages.find(one => state.approvals[one]?.id === id)
  const approval = stage && state.approvals[stage]
  if (state.phase !== 'OPEN' || !stage || approval?.state !== 'OPEN' || approval.round !== round) return null
  return { type: 'APPROVAL_DECIDED', on: decidedOn, stage, approvalId: id, round, outcome }
}
