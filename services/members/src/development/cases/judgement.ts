import type { Citation, DevelopmentRules, DevelopmentTemplate, Step, StepKey, Words } from '@linghang/rulebook'
import type { MeetingRecord } from '../known-meetings/meeting-record.ts'
import type { CaseState } from './case.ts'
import type { Evidence } from './facts.ts'

export const refusalCodes = [
  'CASE_CLOSED',
  'STEP_NOT_OPEN',
  'EVIDENCE_WITHDRAWN',
  'DATE_IN_FUTURE',
  'DATES_OUT_OF_ORDER',
  'TOO_YOUNG',
  'TOO_EARLY',
  'TOO_LATE',
  'MATERIAL_MISSING',
  'MEETING_MISSING',
  'MEETING_OF_ANOTHER_BRANCH',
  'MEETING_DATE_DIFFERS',
  'QUORUM_NOT_REACHED',
  'VOTE_NOT_CARRIED',
  'VOTE_NOT_SECRET',
  'NOTICE_MISSING',
  'NOTICE_CUT_SHORT',
  'NOTICE_AFTERWARDS',
  'OBJECTION_OPEN',
  'OBJECTION_UPHELD',
  'PEOPLE_MISSING',
  'APPROVAL_MISSING',
  'APPROVAL_REFUSED',
  'TRAINING_TOO_SHORT',
  'TRAINING_NOT_PASSED',
  'CONCLUSION_MISSING',
  'REVIEW_MISSING',
  'EXTENSION_NOT_ALLOWED',
  'MATERIALS_INCOMPLETE',
] as const
export type RefusalCode = (typeof refusalCodes)[number]

/** Why a step cannot be done (BLOCK), or what is said while it is let pass (WARN). */
export type Finding = {
  code: RefusalCode
  level: 'BLOCK' | 'WARN'
  step: StepKey
  found: string | Words
  wanted: Words
  citation: Citation
  /** The papers that are wanted, any of them; none where something else is. */
  templates: readonly DevelopmentTemplate[]
}

export type Attempt = { step: StepKey; on: string; evidence: Evidence }

/** What a judgement leans on beside the case itself. */
export type Surroundings = {
  /** Today in Asia/Shanghai. */
  today: string
  rules: DevelopmentRules
  birthday18: string
  meeting: MeetingRecord | null
  /** Whether the deciding organisation's approval is what completes the step now. */
  byDecision?: boolean
}

/** What a rule is given: the case, what is tried, and what it leans on. */
export type Judged = { state: CaseState; attempt: Attempt; at: Surroundings; step: Step }

/** What a rule says of a step, on the step's own article unless it has another. */
export const finding = (
  { step }: Judged,
  code: RefusalCode,
  found: string | Words,
  wanted: Words,
  {
    citation = step.citation,
    level = 'BLOCK',
    templates = [],
  }: Partial<Pick<Finding, 'citation' | 'level' | 'templates'>> = {},
): Finding => ({ code, level, step: step.key, found, wanted, citation, templates })
