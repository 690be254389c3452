import type { Citation } from '../deadline.ts'
import { type DuesVersion, inDues } from './sources.ts'

/** By what a member's dues are reckoned (党费人员类别; 党费规定 2008, arts. 1–6). */
export const duesCategories = [
  'MONTHLY_SALARY',
  'ANNUAL_SALARY',
  'NO_FIXED_SALARY',
  'RETIRED',
  'FARMER',
  'STUDENT',
  'UNEMPLOYED',
  'ON_RELIEF',
] as const
export type DuesCategory = (typeof duesCategories)[number]

/** One rate on the whole of a base that is over `overFen` and not over `upToFen` (null: without end). */
export type Bracket = { overFen: bigint; upToFen: bigint | null; perMille: bigint }

/** A share of an income, by the bracket in which its whole month lies, or a sum that a county picks between two ends. */
export type DuesRate =
  | { kind: 'SHARE'; incomeMonths: 1 | 3; brackets: readonly Bracket[]; citations: readonly Citation[] }
  | { kind: 'FIXED'; atLeastFen: bigint; atMostFen: bigint; citations: readonly Citation[] }

export type DuesRules = {
  version: DuesVersion
  effectiveFrom: string
  rates: Readonly<Record<DuesCategory, DuesRate>>
  /** More than this a month is generally voluntary (一般不超过); null: the text knows no such limit. */
  usualAtMost: { fen: bigint; citation: Citation } | null
  /** When a month's dues are fixed: once, at the beginning of the year, or anew from the month in which the pay changes. */
  fixed: { when: 'YEAR' | 'MONTH_OF_CHANGE'; citation: Citation }
}

const overSalary: readonly Bracket[] = [
  { overFen: 0n, upToFen: 300_000n, perMille: 5n },
  { overFen: 300_000n, upToFen: 500_000n, perMille: 10n },
  { overFen: 500_000n, upToFen: 1_000_000n, perMille: 15n },
  { overFen: 1_000_000n, upToFen: null, perMille: 20n },
]
const overPension: readonly Bracket[] = [
  { overFen: 0n, upToFen: 500_000n, perMille: 5n },
  { overFen: 500_000n, upToFen: null, perMille: 10n },
]
const [whole, small] = [inDues('2008', '第二条'), inDues('2008', '第六条')]
const share = (article: string, brackets: readonly Bracket[], incomeMonths: 1 | 3 = 1): DuesRate => ({
  ...{ kind: 'SHARE', incomeMonths, brackets },
  citations: brackets === overSalary ? [inDues('2008', article), whole] : [inDues('2008', article)],
})
const aidedFen: DuesRate = { kind: 'FIXED', atLeastFen: 20n, atMostFen: 20n, citations: [small] }

const rates: DuesRules['rates'] = {
  MONTHLY_SALARY: share('第一条', overSalary),
  ANNUAL_SALARY: share('第三条', overSalary),
  // The average of the quarter before (上季度月平均纯收入).
  NO_FIXED_SALARY: share('第四条', overSalary, 3),
  RETIRED: share('第五条', overPension),
  FARMER: { kind: 'FIXED', atLeastFen: 20n, atMostFen: 100n, citations: [small] },
  STUDENT: aidedFen,
  UNEMPLOYED: aidedFen,
  ON_RELIEF: aidedFen,
}

/** The versions, oldest first. On which day of 2017 the notice came is in no text that was found: it is taken for the whole year. */
export const duesRules: readonly DuesRules[] = [
  {
    ...{ version: '2008', effectiveFrom: '2008-04-01', rates, usualAtMost: null },
    fixed: { when: 'MONTH_OF_CHANGE', citation: inDues('2008', '第十条') },
  },
  {
    ...{ version: '2017', effectiveFrom: '2017-01-01', rates },
    usualAtMost: { fen: 100_000n, citation: inDues('2017', '一（1）') },
    fixed: { when: 'YEAR', citation: inDues('2017', '一（1）') },
  },
]

/** The version under which the dues of a month are worked out. @param on any day of it */
export const duesRulesOn = (on: string): DuesRules =>
  duesRules.findLast(({ effectiveFrom }) => effectiveFrom <= on) ?? (duesRules[0] as DuesRules)

/** What another service has told of; null for what nobody here knows. */
export const duesCategoryOf = (told: string | null): DuesCategory | null =>
  duesCategories.find(category => category === told) ?? null

/** Whether dues follow from an income; otherwise they are a fixed sum (art. 6). The same under every version. */
export const takesIncome = (category: DuesCategory): boolean => rates[category].kind === 'SHARE'
