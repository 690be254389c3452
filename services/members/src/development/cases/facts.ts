import {
  confidentialTemplates,
  type DevelopmentRules,
  type DevelopmentTemplate,
  type Matter,
  type StepKey,
} from '@linghang/rulebook'

/** What a roster says of how far a case has got; facts are never changed, and those that are there call it `standing`. */
export type StageReached = {
  /** The last step that is taken to be done on paper. */
  doneThrough: StepKey
  appliedOn: string | null
  activistSince: string | null
  candidateSince: string | null
  /** The assembly that admitted. */
  admittedOn: string | null
  talkHeldOn: string | null
  lastReviewOn: string | null
}

export type EndReason = 'REFUSED' | 'WITHDRAWN' | 'CANCELLED' | 'DIED' | 'MOVED_AWAY' | 'LEFT' | 'COMPLETED_ELSEWHERE'

/** What proves a step, by id; the things themselves are in the meeting, the material, the approval. */
export type Evidence = {
  meetingId?: string
  resolutionId?: string
  matter?: Matter
  heldOn?: string
  approvalId?: string
  training?: { days: number; hours: number }
  /** Whether the training was passed; left out where it was not said. */
  trainingPassed?: boolean
  /** Why it is shorter, or there was none: the regulation lets special cases pass. */
  trainingException?: string
  conclusion?: 'PASSED'
  /** Why something that had to be done by a day is done later. */
  lateReason?: string
  extendedTo?: string
}

export type ReviewKind = 'HALF_YEARLY' | 'THOUGHT_REPORT' | 'PROBATION' | 'CONTACT_TALK'

/**
 * What has happened in a case, one entry after the other, never changed: the case is what these say (its state is
 * folded from them). Days are days of law; who recorded a fact and when stands beside it in the table.
 */
export type Fact =
  | { type: 'OPENED'; on: string; memberId: string; orgId: string; source: 'APPLICATION' }
  | { type: 'ADOPTED'; on: string; memberId: string; orgId: string; source: 'ROSTER'; standing: StageReached }
  | {
      type: 'STEP_DONE'
      on: string
      step: StepKey
      version: DevelopmentRules['version']
      evidence: Evidence
      warnings: string[]
    }
  | { type: 'STEP_REOPENED'; on: string; step: StepKey; reason: string }
  | {
      type: 'MATERIAL_FILED'
      on: string
      step: StepKey
      template: DevelopmentTemplate
      materialId: string
      sha256: string
    }
  | { type: 'PEOPLE_ASSIGNED'; on: string; as: 'CONTACT' | 'INTRODUCER'; memberIds: string[] }
  | { type: 'RELATIVES_DECLARED'; on: string; memberIds: string[] }
  | { type: 'REVIEW_HELD'; on: string; kind: ReviewKind }
  | {
      type: 'NOTICE_OPENED'
      on: string
      step: StepKey
      until: string
      workingDays: number
      provisional: boolean
      recordedOn?: string
    }
  | { type: 'OBJECTION_RAISED'; on: string; objectionId: string }
  | { type: 'OBJECTION_DECIDED'; on: string; objectionId: string; upheld: boolean }
  | { type: 'NOTICE_CLOSED'; on: string }
  | { type: 'NOTICE_CANCELLED'; on: string; reason: string }
  | { type: 'APPROVAL_REQUESTED'; on: string; step: StepKey; approvalId: string; round: number; deciderOrgId: string }
  | {
      type: 'APPROVAL_DECIDED'
      on: string
      step: StepKey
      approvalId: string
      round: number
      outcome: 'APPROVED' | 'REFUSED' | 'RETURNED'
    }
  | { type: 'APPROVAL_WITHDRAWN'; on: string; approvalId: string }
  /** A meeting on which a step rests was corrected, and no longer says what the step needs. */
  | { type: 'EVIDENCE_WITHDRAWN'; on: string; step: StepKey; meetingId: string }
  /** The county set rules that hold for the step that is open: its dates may be others from then on. */
  | { type: 'POLICY_TAKEN_UP'; on: string; effectiveFrom: string }
  | { type: 'MOVED'; on: string; orgId: string }
  /** The branch that a probationary member moved to cannot yet discuss the conversion. */
  | { type: 'CONVERSION_POSTPONED'; on: string; until: string; reason: string }
  | { type: 'ENDED'; on: string; reason: EndReason }
  /** The branch has come under others: who decides, and where it is due, may be others from then on. */
  | { type: 'SUPERIOR_CHANGED'; on: string }
  /** The leaving that ended the case was recorded by mistake: it goes on where it stood. */
  | { type: 'RESUMED'; on: string; reason: string }

/** Facts that the person on the way into the party does not see, nor their contacts and introducers. */
export const isConfidential = (fact: Fact): boolean =>
  (fact.type === 'STEP_DONE' && fact.step === 'POLITICAL_REVIEW') ||
  (fact.type === 'MATERIAL_FILED' && confidentialTemplates.has(fact.template)) ||
  fact.type === 'OBJECTION_RAISED' ||
  fact.type === 'OBJECTION_DECIDED'
