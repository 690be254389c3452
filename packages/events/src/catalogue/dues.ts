import { z } from 'zod'
import { burden } from './burden.ts'
import { day, fen, id, version } from './fields.ts'

const duesRecord = z
  .object({ memberId: id, orgId: id, owes: z.boolean(), complete: z.boolean(), version })
  .describe('Whether a person owes dues (党费) and whether what is needed to work them out is there')

const fixingLine = z
  .object({
    id,
    memberId: id,
    orgId: id,
    year: z.int(),
    fromMonth: day,
    how: z.enum(['BY_MEMBER', 'ON_PAPER']),
    on: day,
    version,
  })
  .describe('That what a member’s dues are fixed at (核定) was confirmed or checked, on which day; never how much')

const scheduledFixing = z
  .object({
    id,
    orgId: id,
    year: z.int(),
    /** The county's day; what is commonly done where it was told before counties had one. */
    dueOn: day.optional(),
    open: z.boolean(),
    version,
  })
  .describe(
    'That the dues of a branch’s members are to be fixed for a year (年度核定), until the committee has checked all',
  )

const waiver = z
  .object({
    id,
    memberId: id,
    orgId: id,
    fromMonth: day,
    toMonth: day,
    state: z.enum(['APPROVED', 'REFUSED']),
    version,
  })
  .describe('Whether and for which months a member’s dues are waived (减免), as last decided; never why nor how much')

const bill = z
  .object({
    id,
    memberId: id,
    orgId: id,
    /** The first day of the month. */
    month: day,
    state: z.enum(['OPEN', 'PART', 'SETTLED', 'WAIVED', 'WITHDRAWN']),
    settledOn: day.nullable(),
    inTime: z.boolean(),
    version,
  })
  .describe(
    'What has become of a month that a member owed (党费账单): paid, waived or not owed after all, and whether by the last day of that month. No sums',
  )

const spending = z
  .object({
    id,
    orgId: id,
    use: z.string(),
    amountFen: fen,
    /** What was booked and stands; null for what was returned, or booked and taken back. */
    settledFen: fen.nullable(),
    requestedOn: day,
    /** The day on which it was booked, returned, or taken back. */
    on: day,
    version,
  })
  .describe(
    'A request to spend dues (党费支出) that was booked, returned, or booked by mistake and taken back; no payee, no purpose',
  )

const spendingTurn = z
  .object({
    id,
    orgId: id,
    use: z.string(),
    state: z.enum(['DRAFT', 'SUBMITTED', 'APPROVED', 'SETTLED', 'REVERSED', 'RETURNED', 'CANCELLED']),
    /** What is due of it now: the decision of whose turn it is, the booking, a look of the superior. */
    dates: z
      .array(
        z.object({
          rule: z.string(),
          dueOn: day,
          nature: z.enum(['LATEST', 'EARLIEST']),
          /** At which organisation's office. */
          orgId: id,
          article: z.string(),
          source: z.string(),
          certainty: z.string(),
        }),
      )
      .max(3),
    version,
  })
  .describe('A request to spend dues (党费支出申请) as it stands, and whose matter it is; no sum, no payee, no purpose')

const limitRefusal = z
  .object({
    id,
    orgId: id,
    spendingId: id,
    period: z.enum(['MONTH', 'QUARTER', 'YEAR']),
    /** The first day of the period. */
    from: day,
    limitFen: fen,
    wantedFen: fen,
    /** The day on which it was refused. */
    on: day,
    version,
  })
  .describe(
    'That a request to spend dues went beyond a limit (超限拒绝) when it was to be approved; tried again as it stands in the same period, it is told once',
  )

const arrears = z
  .object({
    id,
    memberId: id,
    orgId: id,
    sinceMonth: day,
    months: z.int(),
    openedOn: day,
    /** Since when the branch has six months in a row to hear and decide; null before. */
    matterOn: day.nullable(),
    closedOn: day.nullable(),
    /** On which days what follows, while nothing is paid. */
    dates: z
      .array(z.object({ rule: z.string(), dueOn: day, article: z.string(), source: z.string(), certainty: z.string() }))
      .max(10),
    version,
  })
  .describe('For how many months that are over a member has not paid (欠交党费): no sums, and no reason')

const reminder = z
  .object({
    id,
    memberId: id,
    orgId: id,
    kind: z.enum(['DUES_OPEN', 'BASE_TO_CONFIRM']),
    /** The month that is open; of a base, the month from which it counts. */
    month: day,
    /** How many months that are over were open then. */
    months: z.int().nonnegative(),
    light: z.enum(['GREEN', 'YELLOW', 'RED']),
    /** What is to be confirmed; null for other kinds. */
    lineId: id.nullable(),
    /** The day on which it was found; members read of it in working hours. */
    openedOn: day,
    open: z.boolean(),
    version,
  })
  .describe('What a member, and nobody else, is to find in their own inbox (个人提醒), until it is done; no sums')

const publication = z
  .object({ id, orgId: id, year: z.int(), on: day, version })
  .describe('That an organisation has published a year’s dues to its members (党费公示), or corrected that: no sums')
const statementDue = z
  .object({
    id,
    orgId: id,
    kind: z.enum(['SUMMARY', 'PUBLICATION', 'REPORT']),
    /** The first day of the quarter or the year, and the first day after it. */
    from: day,
    before: day,
    dueOn: day,
    article: z.string(),
    source: z.string(),
    certainty: z.string(),
    open: z.boolean(),
    version,
  })
  .describe('What an organisation has to tell of dues of a time that is over, and by when, until it has; no sums')

const report = z
  .object({ id, orgId: id, superiorId: id, year: z.int(), on: day, version })
  .describe(
    'That an organisation has reported a year’s dues to the one above it (党费年度报告), or had that returned: no sums',
  )

/** What the dues service tells. */
export const duesEvents = {
  'dues.burden.counted.v1': burden,
  'dues.record.opened.v1': duesRecord,
  'dues.record.changed.v1': duesRecord,
  'dues.bill.changed.v1': bill,
  'dues.arrears.changed.v1': arrears,
  'dues.reminder.changed.v1': reminder,
  'dues.fixing.confirmed.v1': fixingLine,
  'dues.fixing.checked.v1': fixingLine,
  'dues.fixing.scheduled.v1': scheduledFixing,
  'dues.statement.scheduled.v1': statementDue,
  'dues.waiver.decided.v1': waiver,
  'dues.spending.changed.v1': spendingTurn,
  'dues.spending.settled.v1': spending,
  'dues.spending.returned.v1': spending,
  'dues.spending.reversed.v1': spending,
  'dues.limit.refused.v1': limitRefusal,
  'dues.publication.published.v1': publication,
  'dues.report.submitted.v1': report,
  'dues.report.returned.v1': report,
} as const

export type DuesArrearsState = z.infer<typeof arrears>
export type DuesBillState = z.infer<typeof bill>
export type DuesReminderState = z.infer<typeof reminder>
export type DuesRecordState = z.infer<typeof duesRecord>
