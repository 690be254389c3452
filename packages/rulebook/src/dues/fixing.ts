import { addMonths, type IsoDate, monthOf } from '../calendar.ts'
import { type Citation, practiceArticle } from '../deadline.ts'
import { type DuesCategory, duesRulesOn } from './rates.ts'
import { inDues } from './sources.ts'

/** Why what was fixed is fixed anew in the course of a year (核定后调整的事由). */
export const changeGrounds = [
  'EMPLOYED',
  'ANNUAL_PAY',
  'SELF_EMPLOYED',
  'RETIRED',
  'FARMING',
  'STUDYING',
  'LAID_OFF',
  'ON_RELIEF',
  'PAY_CHANGED',
] as const
export type ChangeGround = (typeof changeGrounds)[number]

/** By what somebody pays from then on: the article that fixes it is another one, so that the old base has none left. */
const groundOf: Readonly<Record<DuesCategory, { ground: ChangeGround; citation: Citation }>> = {
  MONTHLY_SALARY: { ground: 'EMPLOYED', citation: inDues('2008', '第一条') },
  ANNUAL_SALARY: { ground: 'ANNUAL_PAY', citation: inDues('2008', '第三条') },
  NO_FIXED_SALARY: { ground: 'SELF_EMPLOYED', citation: inDues('2008', '第四条') },
  RETIRED: { ground: 'RETIRED', citation: inDues('2008', '第五条') },
  FARMER: { ground: 'FARMING', citation: inDues('2008', '第六条') },
  STUDENT: { ground: 'STUDYING', citation: inDues('2008', '第六条') },
  UNEMPLOYED: { ground: 'LAID_OFF', citation: inDues('2008', '第六条') },
  ON_RELIEF: { ground: 'ON_RELIEF', citation: inDues('2008', '第六条') },
}

/** The month from which another category counts: no text says it, and what was paid for the month that runs stays. */
const nextMonth: Citation = { article: practiceArticle, source: practiceArticle, certainty: 'RECALLED' }

export type BaseChange = { ground: ChangeGround; fromMonth: IsoDate; citations: readonly Citation[] }

/**
 * Whether what is fixed may be fixed anew in the course of the year, and from which month. Another category is a ground
 * under every version. Another pay of the same category is one under the regulation of 2008 alone (art. 10: from the month
 * in which the new pay is drawn); since the notice of 2017 the base stays for the year (年初核定，年内一般不变).
 *
 * @param on the day of the change
 * @returns null where the base stays
 */
export function baseChangeOn(on: IsoDate, from: DuesCategory, to: DuesCategory): BaseChange | null {
  if (from !== to) {
    const { ground, citation } = groundOf[to]
    return { ground, fromMonth: addMonths(monthOf(on), 1), citations: [citation, nextMonth] }
  }
  const { when, citation } = duesRulesOn(on).fixed
  return when === 'MONTH_OF_CHANGE' ? { ground: 'PAY_CHANGED', fromMonth: monthOf(on), citations: [citation] } : null
}

/**
 * The years of which dues may be fixed on a day: the one that runs and, in its last month, the next one, so that it is
 * done by January's dues. No text names a day.
 */
export function yearsToFix(today: IsoDate): number[] {
  const year = Number(today.slice(0, 4))
  return today.slice(5, 7) === '12' ? [year, year + 1] : [year]
}

/** From which day on a sheet of a year's fixing may be signed: not before there is one to sign. */
export const firstSheetDayOf = (year: number): IsoDate => `${year - 1}-12-01`
