import {
  type ApprovalKind,
  type Ballots,
  type DevelopmentTemplate,
  type Matter,
  type StepKey,
  stepNumber,
} from '@linghang/rulebook'

/** Somebody who takes part in a case, as far as documents name them. */
export type Named = { name: string; post: string | null }

/** A meeting that decided on the person, with its vote where one was counted. */
export type CaseMeeting = {
  matter: Matter
  of: 'BRANCH_COMMITTEE' | 'BRANCH_ASSEMBLY'
  heldOn: string
  place: string | null
  chair: string | null
  recorder: string | null
  due: number | null
  present: number | null
  ballots: Ballots | null
  carried: boolean | null
}

export type CaseNotice = {
  step: StepKey
  startsOn: string
  endsOn: string
  workingDays: number | null
  /** Where whoever objects may turn to. */
  contact: string | null
  objections: number | null
}

export type CaseApproval = {
  kind: ApprovalKind
  /** The step for which it was asked. */
  step?: StepKey
  organisation: string
  outcome: 'APPROVED' | 'REFUSED' | 'RETURNED' | null
  requestedOn: string | null
  decidedOn: string | null
  reason: string | null
}

/** A paper in the dossier. */
export type CaseMaterial = {
  step: StepKey
  template: DevelopmentTemplate
  /** What the paper is called, whatever its file is. */
  title?: string
  fileName: string
  filedOn: string
  pages: number | null
}

/**
 * What documents need to know of a case, and nothing else: plain values, dates as `YYYY-MM-DD`. Null or an empty list
 * stands for what the case does not know (yet); the document then leaves a blank to be written in by hand.
 */
export type CaseFile = {
  /** The day on which the documents are made; of a step that is done, its day. */
  today: string
  /** The step that is open; null where none is. */
  openStep?: StepKey | null
  /** The step as of which the file is told; without it the whole case. */
  step?: StepKey
  rules: '2014' | '2026'
  person: {
    name: string
    sex: 'MALE' | 'FEMALE' | null
    birthDate: string | null
    ethnicity: string | null
    education: string | null
    post: string | null
    phoneMasked: string | null
    idNumberMasked: string | null
  }
  branch: { name: string; secretary: string | null; telephone: string | null }
  /** The nearest committee above that decides. */
  committee: { name: string } | null
  /** The organisation above that committee, with which admissions are filed. */
  aboveCommittee: { name: string } | null
  /** The day on which each step was done. */
  steps: Partial<Record<StepKey, string>>
  applicantTalk: { heldOn: string; by: string | null } | null
  committeeTalk: { heldOn: string; by: string | null } | null
  recommendedBy: string | null
  contacts: readonly (Named & { since: string | null })[]
  introducers: readonly Named[]
  meetings: readonly CaseMeeting[]
  notices: readonly CaseNotice[]
  /** Reviews during observation and during probation (半年考察、季度考察). */
  reviews: readonly { heldOn: string; conclusion: string | null; during?: 'OBSERVATION' | 'PROBATION' }[]
  thoughtReports: readonly string[]
  politicalReview: { concludedOn: string; passed: boolean | null; by: string | null } | null
  training: {
    startsOn: string | null
    endsOn: string | null
    days: number | null
    hours: number | null
    organiser: string | null
  } | null
  approvals: readonly CaseApproval[]
  probation: { startsOn: string; endsOn: string; extendedTo: string | null } | null
  oath: { heldOn: string; place: string | null } | null
  /** Activists of the branch, for its yearly analysis. */
  activists: { total: number; under35: number | null; women: number | null; addedThisYear: number | null } | null
  materials: readonly CaseMaterial[]
}

const stepOfMatter: Partial<Record<Matter, StepKey>> = {
  ACTIVIST: 'ACTIVIST_DECISION',
  CANDIDATE: 'CANDIDATE_DECISION',
  EXAMINATION: 'COMMITTEE_EXAMINATION',
  ADMISSION: 'ADMISSION_ASSEMBLY',
}

/**
 * A case as it stood at a step: what came to be known later is not told, and a paper of that step bears its day. Papers
 * are signed, and a reply on the admission must not speak of the conversion that followed it.
 */
export function asOf(file: CaseFile, step: StepKey): CaseFile {
  const hasCome = (one: StepKey) => stepNumber(one) <= stepNumber(step)
  const day = file.steps[step] ?? file.today
  const from = <T>(one: StepKey, known: T): T | null => (hasCome(one) ? known : null)
  return {
    ...file,
    step,
    today: day,
    steps: Object.fromEntries(Object.entries(file.steps).filter(([one]) => hasCome(one as StepKey))),
    applicantTalk: from('APPLICANT_TALK', file.applicantTalk),
    committeeTalk: from('COMMITTEE_TALK', file.committeeTalk),
    contacts: hasCome('CONTACTS') ? file.contacts : [],
    introducers: hasCome('INTRODUCERS') ? file.introducers : [],
    // Extension and cancellation are decided where conversion is.
    meetings: file.meetings.filter(({ matter }) => hasCome(stepOfMatter[matter] ?? 'CONVERSION_ASSEMBLY')),
    notices: file.notices.filter(notice => hasCome(notice.step)),
    reviews: file.reviews.filter(
      ({ heldOn, during }) => heldOn <= day && (during !== 'PROBATION' || hasCome('PROBATION')),
    ),
    thoughtReports: file.thoughtReports.filter(on => on <= day),
    politicalReview: from('POLITICAL_REVIEW', file.politicalReview),
    training: from('TRAINING', file.training),
    approvals: file.approvals.filter(({ step: of, decidedOn }) => (of ? hasCome(of) : (decidedOn ?? day) <= day)),
    probation:
      file.probation && hasCome('ADMISSION_ASSEMBLY')
        ? { ...file.probation, extendedTo: from('CONVERSION_ASSEMBLY', file.probation.extendedTo) }
        : null,
    oath: from('OATH', file.oath),
  }
}

/** A case of which nothing is known but who and where. */
export const emptyCaseFile = (today: string, name: string, branch: string): CaseFile => ({
  today,
  rules: '2026',
  person: {
    name,
    sex: null,
    birthDate: null,
    ethnicity: null,
    education: null,
    post: null,
    phoneMasked: null,
    idNumberMasked: null,
  },
  branch: { name: branch, secretary: null, telephone: null },
  committee: null,
  aboveCommittee: null,
  steps: {},
  applicantTalk: null,
  committeeTalk: null,
  recommendedBy: null,
  contacts: [],
  introducers: [],
  meetings: [],
  notices: [],
  reviews: [],
  thoughtReports: [],
  politicalReview: null,
  training: null,
  approvals: [],
  probation: null,
  oath: null,
  activists: null,
  materials: [],
})
