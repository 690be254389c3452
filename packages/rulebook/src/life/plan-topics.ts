import { addDays, type IsoDate } from '../calendar.ts'
import { byPractice, inBranches, inElections } from '../citations.ts'
import { type Citation, type DeadlineRule, practiceArticle } from '../deadline.ts'
import type { RegularKind } from './frequencies.ts'
import type { Period } from './periods.ts'

/** Where an item of an agenda comes from. */
export const topicReasons = ['REGULATION', 'DEVELOPMENT', 'DUES', 'ELECTION', 'THEME'] as const
export type TopicReason = (typeof topicReasons)[number]

/** An item that a meeting of the plan has on its agenda: the branch fills in what was said about it. */
export type PlannedTopic = {
  text: string
  why: TopicReason
  /** Whom it is about; null for matters of nobody in particular. */
  memberId: string | null
  /** To be done by, or from then on possible; null where no date hangs on it. */
  dueOn: IsoDate | null
  citation: Citation
}

/** What a development case has due, as its owner tells it. */
export type PlanMatter = {
  rule: DeadlineRule
  dueOn: IsoDate
  memberId: string
  citation: Citation
}

/** What the superior wants studied or done in a time, and on what ground. */
export type PlanTheme = { kind: RegularKind | null; period: Period; text: string; basis: string }

/** An item that wants a meeting of a kind, and when. */
export type Wanted = PlannedTopic & {
  kinds: readonly RegularKind[]
  nature: 'LATEST' | 'EARLIEST'
  dueOn: IsoDate
  /** A meeting before this day comes too early for it; null where any before `dueOn` will do. */
  notBefore: IsoDate | null
}

/** Who decides it where there is a committee, and where there is none (发展党员工作细则: 未设支委会的由党员大会). */
const committee: readonly RegularKind[] = ['BRANCH_COMMITTEE', 'BRANCH_ASSEMBLY']
const assembly: readonly RegularKind[] = ['BRANCH_ASSEMBLY']

type Decision = Pick<Wanted, 'kinds' | 'nature' | 'text'>
/**
 * What a date of a development case asks a meeting of its branch to decide; other dates take no meeting of the branch. When it
 * may be decided is said here: the end of probation is told as a last day, and nobody is converted before it (细则, art. 32).
 */
const decisions: Partial<Record<DeadlineRule, Decision>> = {
  HALF_YEARLY_REVIEW: { kinds: committee, nature: 'LATEST', text: '入党积极分子半年考察' },
  ACTIVIST_ONE_YEAR: { kinds: committee, nature: 'EARLIEST', text: '研究确定发展对象' },
  ADMISSION_ASSEMBLY: { kinds: assembly, nature: 'LATEST', text: '讨论接收预备党员（逐个讨论、无记名投票）' },
  PROBATION_REVIEW: { kinds: committee, nature: 'LATEST', text: '预备党员教育考察' },
  PROBATION_ENDS: { kinds: assembly, nature: 'EARLIEST', text: '讨论预备党员转正（逐个讨论、无记名投票）' },
}

/** The items that development asks for. */
export const developmentTopics = (matters: readonly PlanMatter[]): Wanted[] =>
  matters.flatMap(({ rule, ...matter }) => {
    const decision = decisions[rule]
    return decision ? [{ ...matter, ...decision, why: 'DEVELOPMENT' as const, notBefore: null }] : []
  })

const elections = inElections('第三条')
const preparation = byPractice('任期届满前一至两个月筹备换届')

/** Preparing begins two months ahead of the assembly, the assembly comes by the last day of the term. */
const preparationDays = 60
/** An election further ahead of its day than this is one ahead of its time, which the superior has to allow. */
const aheadDays = 31

/** The items that the end of a term asks for. */
export const electionTopics = (termEnd: IsoDate | null): Wanted[] =>
  termEnd === null
    ? []
    : [
        {
          ...{ kinds: committee, text: '研究换届选举工作方案', why: 'ELECTION' as const, memberId: null },
          ...{ nature: 'LATEST' as const, dueOn: addDays(termEnd, -preparationDays), citation: preparation },
          notBefore: addDays(termEnd, -preparationDays - aheadDays),
        },
        {
          ...{ kinds: assembly, text: '换届选举', why: 'ELECTION' as const, memberId: null },
          ...{ nature: 'LATEST' as const, dueOn: termEnd, citation: elections },
          notBefore: addDays(termEnd, -aheadDays),
        },
      ]

const dues2017: Citation = { article: '第一条', source: '组电明字〔2017〕5号', certainty: 'SECONDARY' }
const dues2008: Citation = {
  article: '第二十六条',
  source: '《关于中国共产党党费收缴、使用和管理的规定》（中组发〔2008〕3号）',
  certainty: 'VERIFIED',
}
const collected: Citation = { article: '第十二条', source: dues2008.source, certainty: 'VERIFIED' }

type Regular = Pick<PlannedTopic, 'text' | 'why' | 'citation'> & {
  kinds: readonly RegularKind[]
  months: readonly number[]
}
const everyMonth = Array.from({ length: 12 }, (_, i) => i + 1)

/** What comes round by itself, by the month in which it does. */
const regular: readonly Regular[] = [
  { kinds: ['THEME_DAY'], months: everyMonth, text: '按月交纳党费', why: 'DUES', citation: collected },
  { kinds: committee, months: [1], text: '核定本年度党费', why: 'DUES', citation: dues2017 },
  { kinds: assembly, months: [1, 2, 3], text: '报告上年度党费收缴、使用和管理情况', why: 'DUES', citation: dues2008 },
  {
    ...{ kinds: committee, months: everyMonth, text: '研究当月主题党日的主题和内容', why: 'REGULATION' },
    citation: inBranches('第十六条'),
  },
  {
    ...{
      kinds: assembly,
      months: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12],
      text: '听取支部委员会工作报告',
      why: 'REGULATION',
    },
    citation: inBranches('第十一条'),
  },
  {
    ...{ kinds: assembly, months: [10, 11, 12], text: '支部书记述职并接受评议', why: 'REGULATION' },
    citation: inBranches('第二十七条'),
  },
]

/** What a meeting of that kind has on its agenda by itself in a month. */
export const regularTopics = (kind: RegularKind, on: IsoDate, hasCommittee: boolean): PlannedTopic[] =>
  regular
    .filter(({ kinds, months }) => {
      const [first] = kinds.filter(one => one !== 'BRANCH_COMMITTEE' || hasCommittee)
      return first === kind && months.includes(Number(on.slice(5, 7)))
    })
    .map(({ text, why, citation }) => ({ text, why, citation, memberId: null, dueOn: null }))

/** What the superior has asked meetings of that kind for at that time; said of no kind, it is the theme day's and the class's. */
export const themeTopics = (kind: RegularKind, on: IsoDate, themes: readonly PlanTheme[]): PlannedTopic[] =>
  themes
    .filter(
      ({ kind: of, period }) =>
        (of === null ? kind === 'THEME_DAY' || kind === 'CLASS' : of === kind) &&
        period.from <= on &&
        on <= period.until,
    )
    .map(({ text, basis }) => ({
      ...{ text, why: 'THEME' as const, memberId: null, dueOn: null },
      citation: { article: practiceArticle, source: basis, certainty: 'RECALLED' },
    }))
