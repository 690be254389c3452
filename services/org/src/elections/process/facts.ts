import type { ElectedPost, ElectionBody, ElectionKind, ElectionRules, Outcome, Tally } from '@linghang/rulebook'

/** Whom a superior is asked: to hold the election, to agree to its candidates, to approve whom it elected. */
export const approvalStages = ['REQUEST', 'CANDIDATES', 'RESULT'] as const
export type ApprovalStage = (typeof approvalStages)[number]
export type ApprovalOutcome = 'APPROVED' | 'REFUSED' | 'RETURNED'

/** Somebody as they stand on the ballot; the name is printed on it, and the register of this service holds none. */
export type Named = { memberId: string; name: string }
export type PostProposal = { post: ElectedPost; memberId: string }
export type Recommended = Named & { groups: number; members: number }

/** On trial (预选), the election itself, among the tied, for seats left, and for secretary and deputies. */
export const ballotKinds = ['PRELIMINARY', 'MAIN', 'RUN_OFF', 'SECOND', 'POSTS'] as const
export type BallotKind = (typeof ballotKinds)[number]

/** What is elected, as the plan says and the superior agrees. */
export type Plan = {
  kind: ElectionKind
  body: ElectionBody
  /** Of the committee; 0 where a branch has none and elects its secretary at once. */
  seats: number
  posts: readonly ElectedPost[]
  plannedOn: string
  termEnd: string | null
  /** Why it is late or early, or why the seat is empty. */
  reason: string | null
  consentToEqual: boolean
  /** Delegates to the congress that elects; null where an assembly does. */
  delegates: number | null
}

/** The congress to which delegates are elected: its election, and whose it is. */
export type Congress = { electionId: string; orgId: string }
/** An organisation that elects delegates: how many, and in which election. */
export type DelegateUnit = { orgId: string; seats: number; electionId: string }

/**
 * What has happened in an election, one entry after the other, never changed: the election is what these say. Days are
 * days of law; who recorded a fact and when stands beside it in the table.
 */
export type Fact =
  | ({
      type: 'OPENED'
      on: string
      orgId: string
      organisationKind: string
      fullMembers: number
      /** By which it is held to its end; left out of elections that were opened before a county could decide any. */
      rules?: ElectionRules
      congress?: Congress
    } & Omit<Plan, 'delegates'> &
      Partial<Pick<Plan, 'delegates'>>)
  | { type: 'MOVED'; on: string; plannedOn: string; reason: string }
  | {
      type: 'APPROVAL_REQUESTED'
      on: string
      stage: ApprovalStage
      approvalId: string
      round: number
      deciderOrgId: string
    }
  | {
      type: 'APPROVAL_DECIDED'
      on: string
      stage: ApprovalStage
      approvalId: string
      round: number
      outcome: ApprovalOutcome
    }
  | { type: 'APPROVAL_WITHDRAWN'; on: string; stage: ApprovalStage; approvalId: string }
  | { type: 'DELEGATES_CALLED'; on: string; units: readonly DelegateUnit[] }
  | { type: 'RECOMMENDED'; on: string; groups: number; members: number; people: readonly Recommended[] }
  | { type: 'CANDIDATES_SET'; on: string; candidates: readonly Named[]; posts: readonly PostProposal[] }
  | { type: 'ANNOUNCED'; on: string; until: string }
  | { type: 'SUMMONED'; on: string; assemblyOn: string }
  | {
      type: 'ASSEMBLY_HELD'
      on: string
      meetingId: string
      due: number
      present: number
      tellers: readonly string[]
      counters: readonly string[]
    }
  | {
      type: 'BALLOT_OPENED'
      on: string
      kind: BallotKind
      seats: number
      candidates: readonly string[]
      posts: readonly PostProposal[]
    }
  | { type: 'TALLY_ENTERED'; on: string; by: string; tally: Tally }
  /** The second person's count was the same: it is the count. */
  | { type: 'BALLOT_COUNTED'; on: string; by: string; tally: Tally; outcome: Outcome }
  | { type: 'SEATS_REDUCED'; on: string; to: number; consenting: number; voters: number }
  | { type: 'SEATED'; on: string }
  | { type: 'CANCELLED'; on: string; reason: string }
