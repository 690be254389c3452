import type { ElectionRules, Outcome, Tally } from '@linghang/rulebook'
import type {
  ApprovalOutcome,
  ApprovalStage,
  BallotKind,
  Congress,
  DelegateUnit,
  Named,
  Plan,
  PostProposal,
  Recommended,
} from './facts.ts'

export type Approval = {
  id: string
  round: number
  requestedOn: string
  deciderOrgId: string
  state: 'OPEN' | ApprovalOutcome | 'WITHDRAWN'
  decidedOn: string | null
}

export type Ballot = {
  kind: BallotKind
  on: string
  seats: number
  candidates: readonly string[]
  posts: readonly PostProposal[]
  /** What one person entered and nobody else has confirmed yet. */
  entered: { by: string; tally: Tally } | null
  counted: { by: readonly string[]; tally: Tally; outcome: Outcome } | null
}

export type Assembly = {
  meetingId: string
  on: string
  due: number
  present: number
  tellers: readonly string[]
  counters: readonly string[]
}

/** An election as its facts make it. */
export type ElectionState = Plan & {
  orgId: string
  organisationKind: string
  fullMembers: number
  rules: ElectionRules
  /** Of delegates: to which congress. */
  congress: Congress | null
  /** Of a congress: who was called to elect its delegates. */
  units: readonly DelegateUnit[]
  phase: 'OPEN' | 'DONE' | 'CANCELLED'
  openedOn: string
  closedOn: string | null
  approvals: Partial<Record<ApprovalStage, Approval>>
  recommended: { on: string; groups: number; members: number; people: readonly Recommended[] } | null
  /** The list of candidates, as the superior is asked to agree to it. */
  candidates: { on: string; people: readonly Named[]; posts: readonly PostProposal[] } | null
  announced: { from: string; until: string } | null
  summonedOn: string | null
  assembly: Assembly | null
  ballots: readonly Ballot[]
  /** Who sits in the committee, in the order of their votes. */
  elected: readonly string[]
  officers: readonly PostProposal[]
  /** How many facts there are. */
  version: number
}

/** Facts that do not fit what came before: the table was changed by hand, or the code has a fault. */
export class FactsDoNotFit extends Error {
  override name = 'FactsDoNotFit'
}

export const lastBallot = (state: ElectionState): Ballot | null => state.ballots.at(-1) ?? null

/** A branch that is too small for a committee elects its secretary in the assembly itself. */
export const hasCommittee = ({ seats }: Pick<Plan, 'seats'>): boolean => seats > 0

/** Whoever agreed to a congress agreed to its delegates' being elected. */
export const isApproved = ({ approvals, congress }: ElectionState, stage: ApprovalStage): boolean =>
  approvals[stage]?.state === 'APPROVED' || (stage === 'REQUEST' && congress !== null)

export const postsLeft = (state: ElectionState): Plan['posts'] => {
  const left = [...state.posts]
  for (const { post } of state.officers) {
    const i = left.indexOf(post)
    if (i >= 0) left.splice(i, 1)
  }
  return left
}

/** Whose name stands on any ballot of it. */
export const namedIn = (state: ElectionState): Set<string> =>
  new Set([
    ...(state.candidates?.people ?? []).map(one => one.memberId),
    ...(state.candidates?.posts ?? []).map(one => one.memberId),
  ])
