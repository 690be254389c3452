import { z } from 'zod'
import { burden } from './burden.ts'
import { day, id, version } from './fields.ts'

const recordedFact = z
  .object({
    id,
    /** Whose office wrote it down. */
    orgId: id,
    subjectType: z.enum(['MEMBER', 'ORGANISATION']),
    subjectId: id,
    kind: z.string(),
    day,
    /** In hundredths. */
    quantity: z.int().positive(),
    attributes: z.record(z.string(), z.union([z.string(), z.int(), z.boolean()])),
    withdrawn: z.boolean(),
    version,
  })
  .describe(
    'What an office has written down since no service knows it (手工登记的事实), as it stands after its last correction; no evidence, no reasons',
  )

const appeal = z
  .object({
    id,
    /** Where the sheet stands. */
    orgId: id,
    /** Whose sheet it is, where it is a person's; null: the organisation's own. */
    memberId: id.nullable(),
    /** Whose office answers. */
    decidingOrgId: id,
    state: z.enum(['OPEN', 'HEARD', 'ANSWERED', 'WITHDRAWN']),
    /** 1, and one more each time that it is open again. */
    round: z.int().positive(),
    openedOn: day,
    hearBy: day,
    answerBy: day,
    version,
  })
  .describe('How an appeal against a line of a score stands (评分申诉): ids, state and days; no text, no points')

export type AppealState = z.infer<typeof appeal>

const ledgerDraw = z
  .object({
    id,
    /** The committee that draws. */
    orgId: id,
    /** The first day of the quarter whose ledgers are inspected. */
    quarter: day,
    state: z.enum(['OPEN', 'DRAWN']),
    /** By when its reviews should be published. */
    dueOn: day,
    /** Whether something of it is still to be done: to draw, or to publish. */
    open: z.boolean(),
    version,
  })
  .describe('Where a committee’s draw of ledgers stands (台账抽查); who was drawn is not said')

const publishedReview = z
  .object({
    id,
    /** The branch. */
    orgId: id,
    committeeId: id,
    drawId: id,
    quarter: day,
    /** The working day on which the branch hears of it. */
    heardOn: day,
    version,
  })
  .describe('That a branch’s ledger was inspected and what was found is published (台账抽查评定); no points')

const report = z
  .object({
    id,
    /** The branch, or where the member belonged. */
    orgId: id,
    /** Whose it is; null: the branch's own. */
    memberId: id.nullable(),
    /** The first day of the month. */
    month: day,
    version,
  })
  .describe('That a monthly report was made (月度报告已生成): ids and the month, no points')

export type ReportState = z.infer<typeof report>

const correctedSheet = z
  .object({
    id,
    /** The organisation, or where the member belongs. */
    orgId: id,
    /** Whose it is; null: the organisation's own. */
    memberId: id.nullable(),
    /** The first day of the time that it is about. */
    periodFrom: day,
    correctedOn: day,
    version,
  })
  .describe('That a published score is another one now since a fact was corrected (成绩更正): ids and days, no points')

export type CorrectedSheet = z.infer<typeof correctedSheet>

const litLight = z
  .object({
    id,
    /** The organisation, or that to which the members belong. */
    orgId: id,
    /** Whether the light is its own, or of members of it: of whom is not said. */
    about: z.enum(['ORGANISATION', 'MEMBERS']),
    since: day,
    colours: z.array(z.string()).max(10),
    version,
  })
  .describe('That a light has come on (亮灯提醒), of an organisation or of some who belong to it')

const clearedLight = z
  .object({
    id,
    /** The organisation, or that to which the members belong. */
    orgId: id,
    /** Whether the light was its own, or of members of it: of whom is not said. */
    about: z.enum(['ORGANISATION', 'MEMBERS']),
    clearedOn: day,
    colours: z.array(z.string()).max(10),
    version,
  })
  .describe('That a light is out again (熄灯), of an organisation or of some who belong to it')

const boardTalk = z
  .object({
    id,
    /** The branch. */
    orgId: id,
    /** The county's top organisation, whose administrators write down what came of it. */
    countyOrgId: id,
    dueOn: day,
    /** Neither held nor dropped. */
    open: z.boolean(),
    version,
  })
  .describe('How a talk with the head of a branch on the black list stands (黑榜约谈): ids and the day, no text')

const namingRequest = z
  .object({
    id,
    /** The county's top organisation, whose administrators answer: whose request it is, and where they belong, is not said. */
    orgId: id,
    answerBy: day,
    /** Neither answered nor taken back. */
    open: z.boolean(),
    version,
  })
  .describe('How a request not to be named on boards stands (不公布姓名申请): the day, and nobody’s id')

/** What the assessment service tells. */
export const assessmentEvents = {
  'assessment.burden.counted.v1': burden,
  'assessment.report.made.v1': report,
  'assessment.sheet.corrected.v1': correctedSheet,
  'assessment.light.lit.v1': litLight,
  'assessment.light.cleared.v1': clearedLight,
  'assessment.fact.recorded.v1': recordedFact,
  'assessment.appeal.changed.v1': appeal,
  'assessment.draw.changed.v1': ledgerDraw,
  'assessment.review.published.v1': publishedReview,
  'assessment.talk.changed.v1': boardTalk,
  'assessment.naming.changed.v1': namingRequest,
} as const
