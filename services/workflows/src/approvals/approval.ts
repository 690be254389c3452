import {
  type ApprovalKind,
  approvalKinds,
  approvalRules,
  type Certainty,
  mayDecideOn,
  type PowerFacts,
} from '@linghang/rulebook'

export const approvalStates = ['OPEN', 'RETURNED', 'APPROVED', 'REFUSED', 'WITHDRAWN'] as const
export type ApprovalState = (typeof approvalStates)[number]
export type Outcome = 'APPROVED' | 'REFUSED' | 'RETURNED'

/** What is decided about, by the name that it has in the API. */
export const approvalSubjects = ['DevelopmentCase', 'Member', 'Organisation', 'Election', 'LifePlan'] as const
export type ApprovalSubject = (typeof approvalSubjects)[number]

/** Something that an office of a superior is to decide (报批). */
export type Approval = {
  id: string
  countyId: string
  orgId: string
  deciderOrgId: string
  kind: ApprovalKind
  role: string
  subjectType: ApprovalSubject
  subjectId: string
  memberId: string | null
  state: ApprovalState
  requestedBy: string | null
  recusedMemberIds: string[]
  requestedOn: string
  dueOn: string
  hardLimitOn: string | null
  article: string
  source: string
  certainty: Certainty
  /** The rungs by which it is reminded of, as its county has set them; null: those of the platform. */
  ladder: string[] | null
  /** The county has the committee meet for it, though its kind does not ask for that. */
  inMeeting: boolean
  round: number
  version: number
  revision: number
  announcedOn: string
  decidedOn: string | null
  decidedBy: string | null
}

export type ApprovalEvent = {
  id: string
  approvalId: string
  orgId: string
  deciderOrgId: string
  round: number
  what: 'REQUESTED' | Outcome | 'WITHDRAWN'
  happenedOn: string
  accountId: string | null
  delegationId: string | null
  meetingId: string | null
  reason: string | null
  recordedAt: Date
}

export const isKind = (kind: string): kind is ApprovalKind => (approvalKinds as readonly string[]).includes(kind)
export const isSubject = (type: string): type is ApprovalSubject =>
  (approvalSubjects as readonly string[]).includes(type)

/** In what right somebody decides: an office of their own, or one that its holder has left to them. */
export type DecidingOffice = { delegationId: string | null } | null

export type Asked = { outcome: Outcome; decidedOn: string; reason: string | null }

export type DecisionFault =
  | { code: 'APPROVAL_NOT_OPEN'; found: ApprovalState }
  | { code: 'NOT_THE_DECIDING_OFFICE'; wanted: string }
  | { code: 'OWN_REQUEST' }
  | { code: 'RELATIVE_RECUSED' }
  | { code: 'DECIDER_CANNOT_DECIDE'; found: string }
  | { code: 'DECISION_DATE_REFUSED'; found: string; from: string; until: string }
  | { code: 'HARD_LIMIT_PASSED'; found: string; wanted: string }
  | { code: 'REASON_MISSING'; outcome: Outcome }

/**
 * Why somebody may not decide so; null when they may. Four eyes: nobody decides what they asked for, nor a case of their
 * own or of a declared relative. An approval behind the hard limit is none: the step has to be begun anew. One behind
 * the regular term, where the regulation lets it be longer, takes the special reason. Pure.
 * @param decider.power what decides whether the deciding organisation may; null where it is not known
 */
export function faultOf(
  approval: Approval,
  decider: { office: DecidingOffice; accountId: string; memberId: string | null; power: PowerFacts | null },
  asked: Asked,
  today: string,
): DecisionFault | null {
  const { requestedOn, hardLimitOn, dueOn } = approval
  if (approval.state !== 'OPEN') return { code: 'APPROVAL_NOT_OPEN', found: approval.state }
  if (decider.office === null) return { code: 'NOT_THE_DECIDING_OFFICE', wanted: approval.role }
  if (approval.requestedBy === decider.accountId) return { code: 'OWN_REQUEST' }
  if (decider.memberId !== null && approval.recusedMemberIds.includes(decider.memberId))
    return { code: 'RELATIVE_RECUSED' }
  if (decider.power === null || !mayDecideOn(approval.kind, decider.power))
    return { code: 'DECIDER_CANNOT_DECIDE', found: decider.power?.kind ?? '?' }
  const { decidedOn, outcome } = asked
  if (decidedOn < requestedOn || decidedOn > today)
    return { code: 'DECISION_DATE_REFUSED', found: decidedOn, from: requestedOn, until: today }
  const approves = outcome === 'APPROVED'
  if (approves && hardLimitOn !== null && decidedOn > hardLimitOn)
    return { code: 'HARD_LIMIT_PASSED', found: decidedOn, wanted: hardLimitOn }
  const prolonged = approves && hardLimitOn !== null && decidedOn > dueOn
  const wantsReason = approvalRules[approval.kind].reasonFor.includes(outcome) || prolonged
  return wantsReason && !asked.reason ? { code: 'REASON_MISSING', outcome } : null
}
