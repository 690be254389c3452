import type { Citation } from '../deadline.ts'
import type { DevelopmentTemplate } from './templates.ts'

/** What a superior decides on of a development case. */
export const developmentApprovals = [
  'ACTIVIST_FILING',
  'CANDIDATE_FILING',
  'PRE_REVIEW',
  'ADMISSION',
  'ADMISSION_FILING',
  'CONVERSION',
] as const
export type DevelopmentApproval = (typeof developmentApprovals)[number]

/** The five stages of the regulation (发展党员的五个阶段). */
export const stages = ['APPLICATION', 'ACTIVIST', 'CANDIDATE', 'ADMISSION', 'PROBATION'] as const
export type Stage = (typeof stages)[number]

/** The 25 steps in their order; a step's number is its place in this list plus one. */
export const stepKeys = [
  'APPLICATION',
  'APPLICANT_TALK',
  'ACTIVIST_DECISION',
  'ACTIVIST_FILING',
  'CONTACTS',
  'OBSERVATION',
  'CANDIDATE_DECISION',
  'CANDIDATE_FILING',
  'INTRODUCERS',
  'POLITICAL_REVIEW',
  'TRAINING',
  'COMMITTEE_EXAMINATION',
  'PRE_REVIEW',
  'VOLUNTEER_FORM',
  'ADMISSION_ASSEMBLY',
  'COMMITTEE_TALK',
  'ADMISSION_APPROVAL',
  'ADMISSION_FILING',
  'PLACEMENT',
  'OATH',
  'PROBATION',
  'CONVERSION_APPLICATION',
  'CONVERSION_ASSEMBLY',
  'CONVERSION_APPROVAL',
  'ARCHIVING',
] as const
export type StepKey = (typeof stepKeys)[number]

export const stepNumber = (key: StepKey): number => stepKeys.indexOf(key) + 1

/** The last step of each stage. */
const stageEnds: Record<Stage, number> = { APPLICATION: 2, ACTIVIST: 6, CANDIDATE: 11, ADMISSION: 18, PROBATION: 25 }
export const stageOf = (key: StepKey): Stage => stages.find(stage => stepNumber(key) <= stageEnds[stage]) as Stage

/** BLOCK closes the step until the rule is met; WARN is said, recorded and let pass. */
export type Level = 'BLOCK' | 'WARN'

/** Meetings whose record a step leans on (S0-16). */
export type EvidenceMeeting = 'BRANCH_COMMITTEE' | 'BRANCH_ASSEMBLY'

/** What a resolution is about. EXTENSION and CANCELLATION are the other two outcomes of a conversion assembly. */
export const matters = [
  'ACTIVIST',
  'CANDIDATE',
  'EXAMINATION',
  'ADMISSION',
  'CONVERSION',
  'EXTENSION',
  'CANCELLATION',
] as const
export type Matter = (typeof matters)[number]

/** What must be there before a step is done. */
export type Need = { level: Level; citation: Citation } & (
  | { kind: 'MATERIAL'; anyOf: readonly DevelopmentTemplate[] }
  | { kind: 'MEETING'; of: EvidenceMeeting; matters: readonly Matter[]; secretBallot: boolean }
  /** Public notice for so many working days, the first day counted or not. */
  | { kind: 'NOTICE'; workingDays: number; countsFirstDay: boolean }
  /** So many full members in this part; a county may keep declared relatives out, and bound how many people one has. */
  | {
      kind: 'PEOPLE'
      as: 'CONTACT' | 'INTRODUCER'
      atLeast: number
      atMost: number
      limits: { relatives: boolean; casesEach: number | null; citation: Citation } | null
    }
  /** `inMeeting`: the deciding committee has to meet for it, though the regulation leaves that open. */
  | { kind: 'APPROVAL'; approval: DevelopmentApproval; inMeeting: boolean }
  /** Either of the two is enough; `pass`: and it has to be passed. */
  | { kind: 'TRAINING'; days: number; hours: number; pass: boolean }
  /** A person's conclusion, which no system may draw. */
  | { kind: 'CONCLUSION' }
  /** A review on record for each such period since the person became an activist, or was admitted on probation. */
  | { kind: 'REVIEWS'; during: 'OBSERVATION' | 'PROBATION'; months: number }
)

/** How long after another step this one may be done at the earliest, or must be done at the latest. */
export type Wait = {
  nature: 'EARLIEST' | 'LATEST'
  from: StepKey
  months: number
  level: Level
  citation: Citation
  /** What is decided that has to wait; left out where all of it has. */
  onlyFor?: readonly Matter[]
  /** Up to this many months where a special reason is given; past it the step has to be begun anew. */
  monthsWithReason?: number
}

export type Words = { zh: string; en: string }

export type Step = {
  number: number
  key: StepKey
  stage: Stage
  title: Words
  /** What to do, said to somebody who does it once in several years. */
  guidance: Words
  /** What goes wrong most often; empty where nothing does. */
  caution: Words | null
  /** Whose office records it: the branch's own, or that of the committee above which decides. */
  office: 'BRANCH' | 'DECIDER'
  citation: Citation
  needs: readonly Need[]
  waits: readonly Wait[]
}

/** One version of the 发展党员工作细则 as 25 steps. */
export type DevelopmentRules = {
  version: '2014' | '2026'
  /** A step that is opened from this day on is done under this version. */
  effectiveFrom: string
  steps: readonly Step[]
  /** Observation: a review every so many months, from the day of becoming an activist. */
  activistReview: { months: number; citation: Citation }
  /** A thought report every so many months; practice. */
  thoughtReport: { months: number; citation: Citation }
  probation: { months: number; citation: Citation }
  /** A review of a probationary member every so many months; practice. */
  probationReview: { months: number; citation: Citation }
  /** Extension of probation: once, from so many to so many months. */
  extension: { atLeastMonths: number; atMostMonths: number; times: number; citation: Citation }
  /** Of somebody who moved in during probation the discussion may be put off by so many months; it counts from the end all the same. */
  postponement: { atMostMonths: number; citation: Citation }
}
