import { z } from 'zod'

const id = z.uuid()
const day = z.iso.date()
const version = z.int().positive()

const organisation = z
  .object({
    id,
    code: z.string(),
    name: z.string(),
    kind: z.string(),
    superiorId: id.nullable(),
    /** In what kind of unit (单位类别); left out by those who told of organisations before it was told. */
    unitKind: z.string().nullable().optional(),
    /** Whether it may approve (审批权), as its superior has recorded; null or left out: by the rule. */
    approves: z.boolean().nullable().optional(),
    term: z.object({ start: day, end: day }).nullable(),
    /** Known with or without the first day; left out by those who told of terms with both alone. */
    termEnd: day.nullable().optional(),
    version,
  })
  .describe('The organisation (党组织) as it stands after the change')

const office = z
  .object({ id, accountId: id, role: z.string(), orgId: id.nullable(), startsOn: day, endsOn: day.nullable() })
  .describe('Who holds which role (职务) at which organisation; orgId null is the whole county')

const account = z
  .object({ id, memberId: id.nullable() })
  .describe('An account of the identity provider and whose file is its own')

const member = z
  .object({
    id,
    orgId: id,
    kind: z.enum(['APPLICANT', 'ACTIVIST', 'CANDIDATE', 'PROBATIONARY', 'FULL']),
    appliedOn: day.nullable(),
    activistSince: day.nullable(),
    candidateSince: day.nullable(),
    joinedOn: day.nullable(),
    fullMemberSince: day.nullable(),
    talkHeldOn: day.nullable(),
    lastReviewOn: day.nullable(),
    knownOn: day,
    duesCategory: z.string().nullable(),
    duesBaseFen: z.string().regex(/^\d+$/).nullable(),
    leftOn: day.nullable(),
    /** When a penalty takes the person's rights (留党察看); left out where none was recorded. */
    rightsSuspended: z
      .array(z.object({ from: day, until: day }))
      .max(20)
      .optional(),
    version,
  })
  .describe(
    'A person in the register (党员及发展对象) after the change: dates and standing, never name, ID or phone number',
  )

const duesRecord = z
  .object({ memberId: id, orgId: id, owes: z.boolean(), complete: z.boolean(), version })
  .describe('Whether a person owes dues (党费) and whether what is needed to work them out is there')

const ballots = z
  .object({
    due: z.int().nonnegative(),
    present: z.int().nonnegative(),
    inFavour: z.int().nonnegative(),
    against: z.int().nonnegative(),
    abstained: z.int().nonnegative(),
    writtenInFavour: z.int().nonnegative(),
    writtenAgainst: z.int().nonnegative(),
  })
  .describe('Secret ballots (无记名投票) and written opinions; due and present are voters')

const meeting = z
  .object({
    id,
    orgId: id,
    kind: z.string(),
    heldOn: day,
    due: z.int().nonnegative(),
    present: z.int().nonnegative(),
    resolutions: z
      .array(
        z.object({
          id,
          matter: z.string(),
          memberId: id.nullable(),
          ballots: ballots.nullable(),
          carried: z.boolean(),
        }),
      )
      .max(200),
    version,
  })
  .describe(
    'A closed meeting (会议台账) as it stands after its last correction: counts and outcomes, no names, no minutes',
  )

const approvalRequest = z
  .object({
    id,
    kind: z.string(),
    subjectType: z.string(),
    subjectId: id,
    /** Whom it is about; left out by those who told of requests before it was named. */
    memberId: id.optional(),
    orgId: id,
    deciderOrgId: id,
    requestedBy: id.nullable(),
    recusedMemberIds: z.array(id).max(50),
    requestedOn: day,
    dueOn: day.nullable(),
    hardLimitOn: day.nullable(),
    article: z.string(),
    source: z.string(),
    certainty: z.string(),
    /** The rungs by which the answer is reminded of, from the county's policy; left out: those of the platform. */
    ladder: z.array(z.string()).max(20).optional(),
    /** Whether the county has the deciding committee meet for it; left out where the kind alone says so. */
    inMeeting: z.boolean().optional(),
    round: version,
    version,
  })
  .describe('Something that an office of a superior is to decide (报批); round counts how often it was handed in')

const approvalDecision = z
  .object({
    id,
    kind: z.string(),
    subjectType: z.string(),
    subjectId: id,
    orgId: id,
    deciderOrgId: id,
    outcome: z.enum(['APPROVED', 'REFUSED', 'RETURNED']),
    decidedOn: day,
    decidedBy: id,
    /** The deciding committee's meeting that voted on it; null or left out where it needs none. */
    meetingId: id.nullable().optional(),
    reason: z.string().nullable(),
    round: version,
    version,
  })
  .describe('What the office decided (批复), or that it sent the request back to be corrected')

const caseDeadline = z.object({
  rule: z.string(),
  dueOn: day,
  nature: z.enum(['LATEST', 'EARLIEST']),
  article: z.string(),
  source: z.string(),
  certainty: z.string(),
  role: z.string(),
  orgId: id,
})

const developmentCase = z
  .object({
    id,
    memberId: id,
    orgId: id,
    state: z.enum(['OPEN', 'ARCHIVED', 'ENDED']),
    stage: z.string(),
    step: z.string(),
    deadlines: z.array(caseDeadline).max(20),
    ladders: z.record(z.string(), z.array(z.string())),
    /** To whom this change has passed the case on, and since when; null or left out where it stays with whom it was. */
    turn: z.object({ role: z.string(), orgId: id, since: day }).nullable().optional(),
    version,
  })
  .describe('A development case (发展党员个案) after the change: where it stands and what is due when by whom')

const developmentPolicy = z
  .object({ effectiveFrom: day, after: id.nullable() })
  .describe(
    'A county has set rules for developing members from a day on (发展党员县级规定). Open cases take them up in parts: those behind the case `after`, from the first where it is null',
  )

/** Every event that one service tells another: the type fixes the service, the topic and what `data` holds. */
export const catalogue = {
  'org.organisation.registered.v1': organisation,
  'org.organisation.changed.v1': organisation,
  'org.organisation.moved.v1': organisation,
  'org.office.appointed.v1': office,
  'org.office.ended.v1': office,
  'org.account.linked.v1': account,
  'members.member.registered.v1': member,
  'members.member.changed.v1': member,
  'members.member.transferred.v1': member,
  'members.member.left.v1': member,
  'members.case.changed.v1': developmentCase,
  'members.policy.set.v1': developmentPolicy,
  'members.approval.requested.v1': approvalRequest,
  'members.approval.withdrawn.v1': approvalRequest,
  'workflows.approval.decided.v1': approvalDecision,
  'org.meeting.closed.v1': meeting,
  'dues.record.opened.v1': duesRecord,
  'dues.record.changed.v1': duesRecord,
} as const

export type EventType = keyof typeof catalogue
export type EventData<T extends EventType> = z.infer<(typeof catalogue)[T]>
export type OrganisationState = z.infer<typeof organisation>
export type MemberState = z.infer<typeof member>
export type MeetingState = z.infer<typeof meeting>
export type ApprovalRequestState = z.infer<typeof approvalRequest>
export type ApprovalDecisionState = z.infer<typeof approvalDecision>
export type DevelopmentCaseState = z.infer<typeof developmentCase>
export type DuesRecordState = z.infer<typeof duesRecord>

export const eventTypes = Object.keys(catalogue) as EventType[]

/** One topic a service: `members.member.left.v1` travels on `members.events`. */
export const topicOf = (type: EventType): string => `${type.split('.')[0]}.events`

/** Topics and their partitions; fixed here, since a key's order holds only while their number stays. */
export const topics = [
  { topic: 'org.events', numPartitions: 4 },
  { topic: 'members.events', numPartitions: 4 },
  { topic: 'dues.events', numPartitions: 4 },
  { topic: 'workflows.events', numPartitions: 4 },
]
