import { addDays, addMonths, type IsoDate, monthOf } from '../calendar.ts'
import { type Citation, createDeadline, type Deadline, type DeadlineRule, practiceArticle } from '../deadline.ts'
import { inDues } from './sources.ts'

/**
 * Within how many days what the year asks of those who keep dues is done. No text names a day but the end of April for the
 * province's own report; a county decides, and where it has not, this is what is commonly done.
 */
export type DuesDeadlines = {
  /** The yearly fixing, of the year that begins. */
  fixingWithin: number
  /** The summary, of the quarter that is over. */
  summaryWithin: number
  /** The publication to the members, of the year that is over. */
  publicationWithin: number
  /** The report upward, of the year that is over. */
  reportWithin: number
}
export const usualDuesDeadlines: DuesDeadlines = {
  ...{ fixingWithin: 31, summaryWithin: 15, publicationWithin: 90, reportWithin: 90 },
}

/** At the latest: at the beginning of the year, before the quarter is half over, in the year's first half, by the end of April. */
export const duesDeadlinesAtMost: DuesDeadlines = {
  ...{ fixingWithin: 90, summaryWithin: 45, publicationWithin: 181, reportWithin: 120 },
}

/** The first of them that cannot be kept as it is decided; null where all can. */
export const duesDeadlineRefused = (decided: DuesDeadlines): keyof DuesDeadlines | null =>
  (Object.keys(duesDeadlinesAtMost) as (keyof DuesDeadlines)[]).find(
    key => !Number.isInteger(decided[key]) || decided[key] < 1 || decided[key] > duesDeadlinesAtMost[key],
  ) ?? null

/**
 * By when the dues of a year are fixed: at its beginning (年初). Which day that is stands in no text; commonly it is the end
 * of January, when its dues are paid.
 */
export const fixingDeadline = (year: number, { fixingWithin }: DuesDeadlines = usualDuesDeadlines): Deadline =>
  createDeadline(
    'DUES_FIXING',
    addDays(`${year - 1}-12-31`, fixingWithin),
    'LATEST',
    inDues('2017', '一（1）', 'RECALLED'),
  )

/** What is told of a time that is over: of a quarter to oneself and the superior, of a year to the members, and upward. */
export const duesStatementKinds = ['SUMMARY', 'PUBLICATION', 'REPORT'] as const
export type DuesStatementKind = (typeof duesStatementKinds)[number]

type Statement = { rule: DeadlineRule; months: number; within: keyof DuesDeadlines; citation: Citation }
const statements: Readonly<Record<DuesStatementKind, Statement>> = {
  SUMMARY: {
    ...{ rule: 'DUES_SUMMARY', months: 3, within: 'summaryWithin' },
    citation: { article: practiceArticle, source: practiceArticle, certainty: 'RECALLED' },
  },
  PUBLICATION: {
    ...{ rule: 'DUES_PUBLICATION', months: 12, within: 'publicationWithin' },
    citation: inDues('2008', '第二十六条', 'RECALLED'),
  },
  REPORT: {
    ...{ rule: 'DUES_REPORT', months: 12, within: 'reportWithin' },
    citation: inDues('2008', '第二十八条', 'RECALLED'),
  },
}

/** The quarter or the year that was over last on a day: its first day, and the first day after it. */
export function periodOver(kind: DuesStatementKind, today: IsoDate): { from: IsoDate; before: IsoDate } {
  const { months } = statements[kind]
  const month = Number(today.slice(5, 7)) - 1
  const before = addMonths(monthOf(today), -(month % months))
  return { from: addMonths(before, -months), before }
}

/**
 * By when it is told of a time that is over. That it is told of a year the law says; the day is the county's, or what is
 * commonly done.
 * @param before the first day after it
 */
export function statementDeadline(kind: DuesStatementKind, before: IsoDate, decided: DuesDeadlines): Deadline {
  const { rule, within, citation } = statements[kind]
  return createDeadline(rule, addDays(before, decided[within] - 1), 'LATEST', citation)
}
