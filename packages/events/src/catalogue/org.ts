import { z } from 'zod'
import { approvalRequest } from './approval-request.ts'
import { appraisalGrading, attendance } from './attendance.ts'
import { day, fen, id, version } from './fields.ts'

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
    /** Since when it is dissolved or merged; null or left out while it goes on. */
    endedOn: day.nullable().optional(),
    version,
  })
  .describe('The organisation (党组织) as it stands after the change')

const ended = z
  .object({
    id,
    endedOn: day,
    /** Whom its people and what it had belong to from then on; null where nobody was left there. */
    successorId: id.nullable(),
    version,
  })
  .describe('An organisation that was dissolved or merged (撤销、合并)')

const split = z
  .object({
    /** The new branch. */
    id,
    fromId: id,
    /** Who comes to it, of those who belong to the old one. */
    memberIds: z.array(id).max(500),
    version,
  })
  .describe('A branch that was split (分设): who comes to the new one')

const office = z
  .object({ id, accountId: id, role: z.string(), orgId: id.nullable(), startsOn: day, endsOn: day.nullable() })
  .describe('Who holds which role (职务) at which organisation; orgId null is the whole county')

const account = z
  .object({ id, memberId: id.nullable() })
  .describe('An account of the identity provider and whose file is its own')

const committee = z
  .object({
    orgId: id,
    /** Those held on the day of the change; a first secretary among them. */
    seats: z.array(z.object({ id, memberId: id, post: z.string(), entry: z.string(), from: day })).max(100),
    version,
  })
  .describe('Who sits in the committee (委员会) of an organisation after the change')

const structure = z
  .object({
    orgId: id,
    /** Each finding with the day since which it is known. */
    findings: z.array(z.object({ kind: z.string(), since: day })).max(50),
    checkedOn: day,
    ended: z.boolean(),
    version,
  })
  .describe('What is wrong with how an organisation is set up (组织设置问题): told when it changes, checked every hour')

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
          /** Which request to spend dues it decides, and how much (党费支出); of SPENDING alone. */
          spendingId: id.optional(),
          amountFen: fen.optional(),
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

const announced = z
  .object({
    id,
    orgId: id,
    kind: z.string(),
    state: z.enum(['ANNOUNCED', 'CANCELLED', 'HELD']),
    /** The day in Asia/Shanghai for which it was announced last. */
    day,
    startsAt: z.iso.datetime(),
    version,
  })
  .describe('A meeting that was announced (会议通知) and how it stands: no agenda, no names, nobody’s answer')

const election = z
  .object({
    id,
    orgId: id,
    kind: z.string(),
    state: z.enum(['OPEN', 'DONE', 'CANCELLED']),
    /** What is due of it: each step that is not done, at which organisation's office; none of one that has ended. */
    dates: z
      .array(
        z.object({
          rule: z.string(),
          dueOn: day,
          nature: z.enum(['LATEST', 'EARLIEST']),
          orgId: id,
          article: z.string(),
          source: z.string(),
          certainty: z.string(),
        }),
      )
      .max(20),
    version,
  })
  .describe('An election (换届选举) as it stands and what is due of it; no names, no votes')

const themeDay = z
  .object({
    id,
    orgId: id,
    /** The first day of the month. */
    month: day,
    dueOn: day,
    isOpen: z.boolean(),
    /** What closed it, and when it was held; null or left out while it is open, or told by those who did not say. */
    closedBy: z.enum(['MEETING', 'REASON']).nullable().optional(),
    heldOn: day.nullable().optional(),
    version,
  })
  .describe(
    'The theme day (主题党日) of a branch in a month by which the county wants it held: open until a meeting or a reason',
  )

const lifePlan = z
  .object({
    id,
    orgId: id,
    open: z.boolean(),
    /** Of the meetings that are still to be held, each day once. */
    dates: z.array(z.object({ dueOn: day, article: z.string(), source: z.string(), certainty: z.string() })).max(200),
    version,
  })
  .describe(
    'A plan of organisational life (组织生活方案) as it stands: on which days meetings are still to come; no topics',
  )

const followUp = z
  .object({
    id,
    orgId: id,
    open: z.boolean(),
    /** What it has to answer or to mend, each day of a rule once. */
    dates: z.array(z.object({ rule: z.string(), dueOn: day })).max(200),
    version,
  })
  .describe(
    'What an organisation still has to do after its meetings (会后事项): superiors’ remarks to answer, measures to finish; no text, nobody’s name',
  )

const placedCounty = z
  .object({
    id,
    /** Whose offices read what is summed up of the county; null once none do. */
    cityId: id.nullable(),
    version,
  })
  .describe('To which city (市) a county belongs')

/** What the org service tells. */
export const orgEvents = {
  'org.organisation.registered.v1': organisation,
  'org.organisation.changed.v1': organisation,
  'org.organisation.moved.v1': organisation,
  'org.organisation.ended.v1': ended,
  'org.organisation.split.v1': split,
  'org.office.appointed.v1': office,
  'org.office.ended.v1': office,
  'org.account.linked.v1': account,
  'org.approval.requested.v1': approvalRequest,
  'org.approval.withdrawn.v1': approvalRequest,
  'org.committee.changed.v1': committee,
  'org.structure.checked.v1': structure,
  'org.meeting.closed.v1': meeting,
  'org.attendance.told.v1': attendance,
  'org.appraisal.closed.v1': appraisalGrading,
  'org.election.changed.v1': election,
  'org.meeting.announced.v1': announced,
  'org.theme-day.changed.v1': themeDay,
  'org.plan.changed.v1': lifePlan,
  'org.follow-up.changed.v1': followUp,
  'org.county.placed.v1': placedCounty,
} as const

export type OrganisationState = z.infer<typeof organisation>
export type LifePlanState = z.infer<typeof lifePlan>
export type AttendanceState = z.infer<typeof attendance>
export type AppraisalGradingState = z.infer<typeof appraisalGrading>
export type MeetingState = z.infer<typeof meeting>
export type ElectionState = z.infer<typeof election>
