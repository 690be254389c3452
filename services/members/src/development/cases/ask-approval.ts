import type { Actor } from '@linghang/access'
import { type ApprovalDecisionState, type NewEvent, newestOf, publish, reaction } from '@linghang/events'
import {
  type ApprovalKind,
  addDays,
  addMonths,
  approvalRules,
  powerCitation,
  type Step,
  stepOf,
  termRuleOf,
} from '@linghang/rulebook'
import { DomainError } from '@linghang/subgraph/errors'
import { type Tx, useCase, type Work } from '../../work.ts'
import type { CaseState } from './case.ts'
import { keepCase } from './case-access.ts'
import { approvalDecision, approvalOf, approvalRequest, completion, evidenceOfDecision } from './case-commands.ts'
import { birthday18Of, writeStep } from './complete-step.ts'
import { deciderStore } from './decider-store.ts'
import { deliberationFault } from './deliberation.ts'
import { fail } from './errors.ts'
import type { Fact } from './facts.ts'
import { caseToday, deciderFor, type HeldCase, holdCase, writeCase } from './write-case.ts'

/** By when an answer is due: by the regulation's own term where the step has one, else as is usual. */
function dueDates(state: CaseState, step: Step, kind: ApprovalKind, requestedOn: string) {
  const term = step.waits.find(({ nature }) => nature === 'LATEST')
  const from = term && state.done[term.from]?.on
  if (!term || !from) {
    return {
      dueOn: addDays(requestedOn, approvalRules[kind].expectedWithinDays),
      hardLimitOn: null,
      citation: step.citation,
    }
  }
  const last = addMonths(from, term.monthsWithReason ?? term.months)
  return {
    dueOn: addMonths(from, term.months),
    hardLimitOn: term.level === 'BLOCK' ? last : null,
    citation: term.citation,
  }
}

type Asked = { approvalId: string; kind: ApprovalKind; deciderOrgId: string; requestedOn: string; round: number }

function requestEvent(
  type: 'members.approval.requested.v1' | 'members.approval.withdrawn.v1',
  actor: Actor,
  held: HeldCase,
  step: Step,
  asked: Asked,
): NewEvent {
  const { state, policy } = held
  const { dueOn, hardLimitOn, citation } = dueDates(state, step, asked.kind, asked.requestedOn)
  const ladder = policy.ladders[termRuleOf(step.key) ?? 'APPROVAL_DUE'] ?? policy.ladders.APPROVAL_DUE
  return {
    type,
    orgId: state.orgId,
    subject: asked.approvalId,
    data: {
      id: asked.approvalId,
      kind: asked.kind,
      subjectType: 'DevelopmentCase',
      subjectId: held.id,
      memberId: state.memberId,
      orgId: state.orgId,
      deciderOrgId: asked.deciderOrgId,
      requestedBy: actor.accountId,
      recusedMemberIds: [state.memberId, ...state.relatives],
      requestedOn: asked.requestedOn,
      dueOn,
      hardLimitOn,
      ...citation,
      ...(ladder ? { ladder: [...ladder] } : {}),
      ...(step.needs.some(need => need.kind === 'APPROVAL' && need.inMeeting) ? { inMeeting: true } : {}),
      round: asked.round,
      // Withdrawing is the later word on the same round.
      version: asked.round * 2 + (type === 'members.approval.withdrawn.v1' ? 1 : 0),
    },
  }
}

/** @throws DomainError DELIBERATION_MISSING */
async function requireDeliberated(
  tx: Tx,
  state: CaseState,
  kind: ApprovalKind,
  { on, deliberationMeetingId }: { on: string; deliberationMeetingId: string | null },
): Promise<void> {
  const between = await deciderStore.deliberatorsOf(tx, state.orgId)
  const held = deliberationMeetingId
    ? await deciderStore.deliberationOn(tx, deliberationMeetingId, state.memberId)
    : null
  const days = { assemblyOn: state.done.ADMISSION_ASSEMBLY?.on ?? null, requestedOn: on }
  const found = deliberationFault(kind, between, held, days)
  const { article, source } = powerCitation
  if (found) fail('DELIBERATION_MISSING', { found: found.en, foundZh: found.zh, on, article, source })
}

/**
 * Hands the open step in for the superior's decision, once everything else that it needs is there (S0-14).
 * @throws DomainError NOT_FOUND, OWN_CASE, NOT_THE_OFFICE, NO_APPROVAL_HERE, APPROVAL_OPEN_ALREADY, NO_DECIDER,
 * DELIBERATION_MISSING, or the first finding that blocks
 */
export const requestApproval = useCase(
  'requestApproval',
  async (work, input: { caseId: string; on: string; deliberationMeetingId: string | null }): Promise<string> => {
    const held = await keepCase(work, input.caseId)
    const { state } = held
    const above = (await deciderStore.decidersOf(work.tx, [state.orgId])).get(state.orgId) ?? []
    const { fact, kind, step } = approvalRequest(
      caseToday(work, held, await birthday18Of(work, state.memberId)),
      input.on,
      work.newId(),
      wanted => deciderFor(wanted, above),
    )
    await requireDeliberated(work.tx, state, kind, input)
    await writeCase(work, held, 'case.approval-requested', fact)
    const { approvalId, deciderOrgId, round } = fact
    const asked: Asked = { approvalId, kind, deciderOrgId, requestedOn: input.on, round }
    await publish(work, [requestEvent('members.approval.requested.v1', work.actor, held, step, asked)])
    return held.id
  },
)

/** Takes a request back that has not been decided. @throws DomainError NOT_FOUND, OWN_CASE, NOT_THE_OFFICE, NO_OPEN_APPROVAL */
export const withdrawApproval = useCase(
  'withdrawApproval',
  async (work, input: { caseId: string }): Promise<string> => {
    const held = await keepCase(work, input.caseId)
    if (withdrawal(work, held) === null) fail('NO_OPEN_APPROVAL')
    await writeWithdrawing(work, held, 'case.approval-withdrawn')
    return held.id
  },
)

/** What takes back a request that waits for its decision, or for its correction; null where there is none. */
export function withdrawal(work: Work, held: HeldCase): { fact: Fact; event: NewEvent } | null {
  const { approval } = held.state
  if (!approval || (approval.state !== 'OPEN' && approval.state !== 'RETURNED')) return null
  const step = stepOf(held.rules, approval.step)
  const kind = approvalOf(step)
  if (!kind) return null
  const { id: approvalId, deciderOrgId, requestedOn, round } = approval
  const asked = { approvalId, kind, deciderOrgId, requestedOn, round }
  return {
    fact: { type: 'APPROVAL_WITHDRAWN', on: work.today, approvalId },
    event: requestEvent('members.approval.withdrawn.v1', work.actor, held, step, asked),
  }
}

/** Writes facts that end a case or send it back, and takes back with them what waits for a decision. */
export async function writeWithdrawing(work: Work, held: HeldCase, action: string, ...facts: Fact[]): Promise<void> {
  const withdrawn = withdrawal(work, held)
  await writeCase(work, held, action, ...(withdrawn ? [withdrawn.fact] : []), ...facts)
  if (withdrawn) await publish(work, [withdrawn.event])
}

async function takeDecision(work: Work, decision: ApprovalDecisionState): Promise<void> {
  const held = await holdCase(work, decision.subjectId)
  const fact = held && approvalDecision(held.state, decision)
  if (!held || !fact) return
  const decided = await writeCase(work, held, 'case.approval-decided', fact)
  if (decision.outcome !== 'APPROVED' || decided.approval === null) return
  const { step } = decided.approval
  const attempt = { step, on: decision.decidedOn, evidence: evidenceOfDecision(decided, decision) }
  const at = caseToday(work, { ...held, state: decided }, await birthday18Of(work, decided.memberId))
  try {
    await writeStep(work, { ...held, state: decided }, completion(at, attempt, null, true).facts)
  } catch (error) {
    // The approval stands and the step stays open: the case shows what is in its way.
    if (!(error instanceof DomainError)) throw error
  }
}

/** What the superior has decided comes back from the workflows service and completes the step. */
export const takeDecisions = reaction(['workflows.approval.decided.v1'], async (work: Work, events) => {
  for (const decision of newestOf(events, ({ id }) => id))
    if (decision.subjectType === 'DevelopmentCase') await takeDecision(work, decision)
})
