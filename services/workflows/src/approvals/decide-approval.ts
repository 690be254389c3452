import { type Actor, once, recordAudit, shanghaiDay } from '@linghang/access'
import { publish } from '@linghang/events'
import { approvalRules } from '@linghang/rulebook'
import { charactersIn, DomainError, toId } from '@linghang/subgraph'
import type { Deps, Tx } from '../deps.ts'
import { fail } from '../errors.ts'
import { type Approval, type DecisionFault, faultOf, type Outcome, type Standing } from './approval.ts'
import { type CommitteeFault, committeeFaultOf } from './committee-vote.ts'
import { standingOf, visibleApprovals } from './standing.ts'
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
export function decideApproval(deps: Deps) {
  return (actor: Actor, decision: Decision, idempotencyKey: string | null): Promise<string> =>
    deps.transact(actor, tx =>
      once({ tx, actor }, { operation: 'decideApproval', key: idempotencyKey, input: decision }, () =>
        decide(deps, tx, actor, decision),
      ),
    )
}

async function decide(deps: Deps, tx: Tx, actor: Actor, decision: Decision): Promise<string> {
  const { approvalId, outcome, meetingId } = decision
  const { approvals, delegated } = await visibleApprovals(deps, tx, actor, [approvalId])
  const [approval] = approvals
  if (!approval || !actor.accountId) return fail('NOT_FOUND', { what: toId('Approval', approvalId) })
  const reason = decision.reason?.trim() || null
  if (reason && charactersIn(reason) > reasonLength)
    fail('BAD_INPUT', {
      ...{ field: 'reason', found: charactersIn(reason) },
      wanted: `at most ${reasonLength} characters`,
      wantedZh: `最多 ${reasonLength} 字`,
    })
  const today = shanghaiDay(deps.now())
  const decidedOn = decision.decidedOn ?? today
  const standing = standingOf(actor, approval, delegated)
  const power = standing && (await approvalStore.powerOfActing(tx, approval.deciderOrgId))
  const decider = { standing, accountId: actor.accountId, memberId: actor.memberId, power }
  const fault = faultOf(approval, decider, { outcome, decidedOn, reason }, today)
  if (fault) refuse(fault, approval, actor)
  const meeting = meetingId && ((await approvalStore.committeeMeeting(tx, meetingId)) ?? undefined)
  const unvoted = committeeFaultOf(approval, { outcome, decidedOn, reason }, meeting || (meetingId ? undefined : null))
  if (unvoted) refuse(unvoted, approval, actor)
  const decidedBy = actor.accountId
  await write(deps, tx, actor, approval, { outcome, decidedOn, decidedBy, reason, standing, meetingId })
  return approvalId
}

async function write(
  deps: Deps,
  tx: Tx,
  actor: Actor,
  approval: Approval,
  decided: Omit<Decision, 'approvalId' | 'decidedOn'> & { decidedOn: string; decidedBy: string; standing: Standing },
): Promise<void> {
  const { id, orgId, deciderOrgId, kind, subjectType, subjectId, round } = approval
  const { outcome, decidedOn, decidedBy, reason, standing, meetingId } = decided
  if (!(await approvalStore.decide(tx, approval, { state: outcome, decidedOn, decidedBy })))
    fail('APPROVAL_NOT_OPEN', { found: 'DECIDED', article: approval.article, source: approval.source })
  const delegationId = standing?.delegationId ?? null
  const event = { approvalId: id, orgId, deciderOrgId, round, what: outcome, happenedOn: decidedOn }
  const by = { accountId: decidedBy, delegationId, meetingId, reason }
  await approvalStore.record(tx, actor.countyId, [{ ...event, ...by }], deps.now())
  await recordAudit({ tx, actor }, [
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
  await publish({ tx, actor }, [
    { type: 'workflows.approval.decided.v1', orgId, subject: id, data: { ...data, version: round } },
  ])
}

export const decisionsAtMost = 100

export type ItemOutcome = { approvalId: string; refusal: DomainError | null }

/** What the committee votes on person by person is not decided by the dozen. @throws DomainError DECIDED_ONE_BY_ONE */
async function requireNoVote(deps: Deps, actor: Actor, { approvalId, outcome }: Decision): Promise<void> {
  if (outcome === 'RETURNED') return
  const [approval] = (await deps.transact(actor, tx => visibleApprovals(deps, tx, actor, [approvalId]))).approvals
  const rule = approval && approvalRules[approval.kind].meeting
  if (rule && (rule.wanted || approval.inMeeting))
    fail('DECIDED_ONE_BY_ONE', { article: rule.citation.article, source: rule.citation.source })
}

/**
 * Decides on many, each by itself: what one is refused for stops none of the others, and each is whole or not at all.
 * What a committee has to vote on is refused here: see `decideApproval`.
 * @throws DomainError BAD_INPUT for more than 100, or one twice
 */
export function decideApprovals(deps: Deps) {
  const one = decideApproval(deps)
  return async (actor: Actor, decisions: readonly Decision[], key: string | null): Promise<ItemOutcome[]> => {
    const distinct = new Set(decisions.map(({ approvalId }) => approvalId)).size
    if (decisions.length > decisionsAtMost || distinct < decisions.length)
      fail('BAD_INPUT', {
        ...{ field: 'decisions', found: decisions.length },
        wanted: `at most ${decisionsAtMost}, each once`,
        wantedZh: `最多 ${decisionsAtMost} 项，每项一次`,
      })
    const outcomes: ItemOutcome[] = []
    for (const decision of decisions) {
      const { approvalId } = decision
      try {
        await requireNoVote(deps, actor, decision)
        await one(actor, decision, key && `${key}/${approvalId}`)
        outcomes.push({ approvalId, refusal: null })
      } catch (error) {
        if (!(error instanceof DomainError)) throw error
        outcomes.push({ approvalId, refusal: error })
      }
    }
    return outcomes
  }
}
