import { type Asked, askFacts, type Readers, writtenDate } from '@linghang/documents'
import type { ApprovalKind, Matter, StepKey } from '@linghang/rulebook'
import { type Education, educationNames } from '../../register/roster/coded-values.ts'
import type { CaseApproval, CaseFile, CaseMeeting, CaseNotice } from './case-file.ts'

const sexes = { MALE: '男', FEMALE: '女' } as const

/** Values that templates take from the case. A reader gives null for what the case does not know. */
const readers = {
  name: (file: CaseFile) => file.person.name,
  sex: (file: CaseFile) => file.person.sex && sexes[file.person.sex],
  birthMonth: (file: CaseFile) => file.person.birthDate && writtenDate(file.person.birthDate).replace(/月.*/, '月'),
  ethnicity: (file: CaseFile) => file.person.ethnicity,
  // A code is for machines; on paper stands what the office calls it.
  education: (file: CaseFile) =>
    file.person.education && (educationNames[file.person.education as Education] ?? file.person.education),
  post: (file: CaseFile) => file.person.post,
  phone: (file: CaseFile) => file.person.phoneMasked,
  idNumber: (file: CaseFile) => file.person.idNumberMasked,
  branch: (file: CaseFile) => file.branch.name,
  secretary: (file: CaseFile) => file.branch.secretary,
  branchTelephone: (file: CaseFile) => file.branch.telephone,
  committee: (file: CaseFile) => file.committee?.name ?? null,
  aboveCommittee: (file: CaseFile) => file.aboveCommittee?.name ?? null,
  recommendedBy: (file: CaseFile) => file.recommendedBy,
  contacts: (file: CaseFile) => names(file.contacts),
  introducers: (file: CaseFile) => names(file.introducers),
  talkedBy: (file: CaseFile) => file.applicantTalk?.by ?? null,
  committeeTalkBy: (file: CaseFile) => file.committeeTalk?.by ?? null,
  reviewedBy: (file: CaseFile) => file.politicalReview?.by ?? null,
  trainingOrganiser: (file: CaseFile) => file.training?.organiser ?? null,
  trainingDays: (file: CaseFile) => number(file.training?.days),
  trainingHours: (file: CaseFile) => number(file.training?.hours),
  oathPlace: (file: CaseFile) => file.oath?.place ?? null,
  activists: (file: CaseFile) => number(file.activists?.total),
  activistsAdded: (file: CaseFile) => number(file.activists?.addedThisYear),
  activistsUnder35: (file: CaseFile) => number(file.activists?.under35),
  activistWomen: (file: CaseFile) => number(file.activists?.women),
} satisfies Readers<CaseFile, string>
type FieldName = keyof typeof readers

/** Dates that templates take from the case. */
const dates = {
  today: (file: CaseFile) => file.today,
  appliedOn: (file: CaseFile) => file.steps.APPLICATION ?? null,
  talkHeldOn: (file: CaseFile) => file.applicantTalk?.heldOn ?? file.steps.APPLICANT_TALK ?? null,
  activistSince: (file: CaseFile) => file.steps.ACTIVIST_DECISION ?? null,
  contactsSince: (file: CaseFile) => file.steps.CONTACTS ?? null,
  candidateDecidedOn: (file: CaseFile) => file.steps.CANDIDATE_DECISION ?? null,
  candidateSince: (file: CaseFile) => file.steps.CANDIDATE_FILING ?? null,
  introducersSince: (file: CaseFile) => file.steps.INTRODUCERS ?? null,
  reviewConcludedOn: (file: CaseFile) => file.politicalReview?.concludedOn ?? file.steps.POLITICAL_REVIEW ?? null,
  trainingStartsOn: (file: CaseFile) => file.training?.startsOn ?? null,
  trainingEndsOn: (file: CaseFile) => file.training?.endsOn ?? null,
  examinedOn: (file: CaseFile) => file.steps.COMMITTEE_EXAMINATION ?? null,
  preReviewedOn: (file: CaseFile) => file.steps.PRE_REVIEW ?? null,
  admittedOn: (file: CaseFile) => file.steps.ADMISSION_ASSEMBLY ?? null,
  committeeTalkOn: (file: CaseFile) => file.committeeTalk?.heldOn ?? file.steps.COMMITTEE_TALK ?? null,
  approvedOn: (file: CaseFile) => file.steps.ADMISSION_APPROVAL ?? null,
  oathHeldOn: (file: CaseFile) => file.oath?.heldOn ?? file.steps.OATH ?? null,
  probationStartsOn: (file: CaseFile) => file.probation?.startsOn ?? null,
  probationEndsOn: (file: CaseFile) => file.probation?.extendedTo ?? file.probation?.endsOn ?? null,
  conversionAppliedOn: (file: CaseFile) => file.steps.CONVERSION_APPLICATION ?? null,
  convertedOn: (file: CaseFile) => file.steps.CONVERSION_ASSEMBLY ?? null,
  conversionApprovedOn: (file: CaseFile) => file.steps.CONVERSION_APPROVAL ?? null,
  archivedOn: (file: CaseFile) => file.steps.ARCHIVING ?? null,
} satisfies Readers<CaseFile, string>
type DateName = keyof typeof dates

const number = (count: number | null | undefined): string | null => (count == null ? null : String(count))
const names = (people: readonly { name: string }[]): string | null =>
  people.length === 0 ? null : people.map(({ name }) => name).join('、')

/** How a template asks the case, and for what has parts of its own. */
export type Fields = Asked<FieldName, DateName> & {
  meeting: (matter: Matter, of: CaseMeeting['of']) => CaseMeeting | null
  notice: (step: StepKey) => CaseNotice | null
  approval: (kind: ApprovalKind) => CaseApproval | null
}

export function readFields(file: CaseFile): Fields {
  const fields = askFacts<CaseFile, FieldName, DateName>(file, readers, dates)
  const { latest } = fields
  return {
    ...fields,
    meeting: (matter, of) =>
      latest(
        `meeting.${matter}`,
        file.meetings.filter(meeting => meeting.matter === matter && meeting.of === of),
      ),
    notice: step =>
      latest(
        `notice.${step}`,
        file.notices.filter(notice => notice.step === step),
      ),
    approval: kind =>
      latest(
        `approval.${kind}`,
        file.approvals.filter(approval => approval.kind === kind),
      ),
  }
}
