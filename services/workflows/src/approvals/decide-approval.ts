import { type Actor, recordAudit } from '@linghang/access'
import { publish } from '@linghang/events'
import { approvalRules } from '@linghang/rulebook'
import { toId } from '@linghang/subgraph/ids'
import { charactersIn } from '@linghang/subgraph/reasons'
import { useCase, type Work } from '../work.ts'
import { type Approval, type DecidingOffice, type DecisionFault, faultOf, type Outcome } from './approval.ts'
import { type CommitteeFault, committeeFaultOf } from './committee-vote.ts'
import { decidingOfficeOf, visibleApprovals } from './deciding-office.ts'
import { fail } from './errors.ts'
import { approvalStore } from './store.ts'

export type Decision = {
  approvalId: string
  outcome: Outcome
  decidedOn: string | null
  reason: string | null
  /** The committee's meeting that voted on the person, where the kind wants one. */
  meetingId: string | null
}

const reasonLength = 1_000

function refuse(fault: DecisionFault | CommitteeFault, approval: Approval, actor: Actor): never {
  const { code, ...found } = fault
  const { article, source } =
    (code.startsWith('COMMITTEE_') && approvalRules[approval.kind].meeting?.citation) || approval
  const offices = actor.grants.map(grant => `${grant.role}@${grant.orgId ?? '*'}`).join(' ')
  return fail(code, {
    ...found,
    ...(code === 'NOT_THE_DECIDING_OFFICE' ? { found: offices || '-' } : {}),
    article,
    source,
  })
}

/**
 * Decides on an approval, or sends it back to be corrected: the decision, its place in the history, the audit entry and
 * the event that tells of it in one transaction. Of two at one moment the second is refused.
 * @returns the approval's id
 * @throws DomainError NOT_FOUND, BAD_INPUT, APPROVAL_NOT_OPEN, NOT_THE_DECIDING_OFFICE, OWN_REQUEST, RELATIVE_RECUSED,
 *   DECIDER_CANNOT_DECIDE, DECISION_DATE_REFUSED, HARD_LIMIT_PASSED, REASON_MISSING, and where the committee has to have
 *   voted, COMMITTEE_MEETING_WANTED and what `committeeFaultOf` refuses
 */
export const decideApproval = useCase('decideApproval', async (work, decision: Decision) => {
  const { tx, actor, today } = work
  const { approvalId, outcome, meetingId } = decision
  const { approvals, delegated } = await visibleApprovals(work, [approvalId])
  const [approval] = approvals
  if (!approval || !actor.accountId) return fail('NOT_FOUND', { what: toId('Approval', approvalId) })
  const reason = decision.reason?.trim() || null
  if (reason && charactersIn(reason) > reasonLength)
    fail('BAD_INPUT', {
      ...{ field: 'reason', found: charactersIn(reason) },
      wanted: `at most ${reasonLength} characters`,
      wantedZh: `最多 ${reasonLength} 字`,
    })
  const decidedOn = decision.decidedOn ?? today
  const office = decidingOfficeOf(actor, approval, delegated)
  const power = office && (await approvalStore.powerOfActing(tx, approval.deciderOrgId))
  const decider = { office, accountId: actor.accountId, memberId: actor.memberId, power }
  const fault = faultOf(approval, decider, { outcome, decidedOn, reason }, today)
  if (fault) refuse(fault, approval, actor)
  const meeting = meetingId && ((await approvalStore.committeeMeeting(tx, meetingId)) ?? undefined)
  const unvoted = committeeFaultOf(approval, { outcome, decidedOn, reason }, meeting || (meetingId ? undefined : null))
  if (unvoted) refuse(unvoted, approval, actor)
  const decidedBy = actor.accountId
  await write(work, approval, { outcome, decidedOn, decidedBy, reason, office, meetingId })
  return approvalId
})

async function write(
  work: Work,
  approval: Approval,
  decided: Omit<Decision, 'approvalId' | 'decidedOn'> & {
    decidedOn: string
    decidedBy: string
    office: DecidingOffice
  },
): Promise<void> {
  const { tx, actor, now } = work
  const { id, orgId, deciderOrgId, kind, subjectType, subjectId, round } = approval
  const { outcome, decidedOn, decidedBy, reason, office, meetingId } = decided
  if (!(await approvalStore.decide(tx, approval, { state: outcome, decidedOn, decidedBy })))
    fail('APPROVAL_NOT_OPEN', { found: 'DECIDED', article: approval.article, source: approval.source })
  const delegationId = office?.delegationId ?? null
  const event = { approvalId: id, orgId, deciderOrgId, round, what: outcome, happenedOn: decidedOn }
  const by = { accountId: decidedBy, delegationId, meetingId, reason }
  await approvalStore.record(tx, actor.countyId, [{ ...event, ...by }], now)
  await recordAudit(work, [
    { orgId: deciderOrgId, action: `approval.${outcome.toLowerCase()}`, subjectType: 'Approval', subjectId: id },
  ])
  const data = {
    id,
    kind,
    subjectType,
    subjectId,
    orgId,
    deciderOrgId,
    outcome,
    decidedOn,
    decidedBy,
    meetingId,
    reason,
    round,
  }
  // A round is decided once: its number orders the decisions.
  await publish(work, [
    { type: 'workflows.approval.decided.v1', orgId, subject: id, data: { ...data, version: round } },
  ])
}
