import type { Citation } from '../deadline.ts'
import { inDues } from './sources.ts'

/** Under which pay somebody works (工资制度); each counts other parts of it (党费规定 2008, art. 1). */
export const payKinds = ['ORGAN_STAFF', 'ORGAN_WORKER', 'INSTITUTION', 'ENTERPRISE'] as const
export type PayKind = (typeof payKinds)[number]

/** Parts of a month's pay by what they are called on a pay slip. */
export const payItems = [
  'POSITION_PAY',
  'GRADE_PAY',
  'POST_PAY',
  'TECHNICAL_GRADE_PAY',
  'SALARY_GRADE_PAY',
  'BASIC_PAY',
  'ALLOWANCES',
  'BASIC_PERFORMANCE_PAY',
  'REWARD_PERFORMANCE_PAY',
  'REGULAR_BONUS',
  'IRREGULAR_BONUS',
  'HOUSING_ALLOWANCE',
  'TRANSPORT_ALLOWANCE',
  'OFFICIAL_CAR_ALLOWANCE',
  'PHONE_ALLOWANCE',
  'OVERTIME_ALLOWANCE',
  'MEAL_ALLOWANCE',
  'HEATING_ALLOWANCE',
  'HEAT_STROKE_ALLOWANCE',
  'PROPERTY_FEE_ALLOWANCE',
  'SPECIAL_ALLOWANCE',
] as const
export type PayItem = (typeof payItems)[number]

/** What is taken off before dues are reckoned (组电明字〔2017〕5 号 一（2）): tax, insurances, the housing fund, annuities. */
export const payDeductions = [
  'INCOME_TAX',
  'PENSION_INSURANCE',
  'MEDICAL_INSURANCE',
  'UNEMPLOYMENT_INSURANCE',
  'INJURY_INSURANCE',
  'MATERNITY_INSURANCE',
  'HOUSING_FUND',
  'OCCUPATIONAL_ANNUITY',
  'ENTERPRISE_ANNUITY',
] as const
export type PayDeduction = (typeof payDeductions)[number]

const regular = inDues('2008', '第一条')
const leftOut = inDues('2017', '一（2）')
const performance = inDues('2017', '一（3）')

const counted: Readonly<Record<PayKind, ReadonlySet<PayItem>>> = {
  ORGAN_STAFF: new Set(['POSITION_PAY', 'GRADE_PAY', 'ALLOWANCES']),
  ORGAN_WORKER: new Set(['POST_PAY', 'TECHNICAL_GRADE_PAY', 'ALLOWANCES']),
  INSTITUTION: new Set(['POST_PAY', 'SALARY_GRADE_PAY', 'BASIC_PERFORMANCE_PAY', 'ALLOWANCES']),
  // The fixed part and the moving one (固定部分、活的部分); of an enterprise the article names no allowances.
  ENTERPRISE: new Set(['BASIC_PAY', 'POST_PAY', 'REGULAR_BONUS']),
}
const byPerformance: ReadonlySet<PayItem> = new Set([
  'BASIC_PERFORMANCE_PAY',
  'REWARD_PERFORMANCE_PAY',
  'IRREGULAR_BONUS',
])
const neverCounted: ReadonlySet<PayItem> = new Set(payItems.slice(payItems.indexOf('HOUSING_ALLOWANCE')))

/** Whether a part of the pay counts, and by what text. */
export const judgePayItem = (kind: PayKind, item: PayItem): { counts: boolean; citation: Citation } => ({
  counts: counted[kind].has(item),
  citation: byPerformance.has(item) ? performance : neverCounted.has(item) ? leftOut : regular,
})

export type PaySlip = {
  kind: PayKind
  items: Partial<Record<PayItem, bigint>>
  deductions: Partial<Record<PayDeduction, bigint>>
}
type Told<Item> = { item: Item; fen: bigint; citation: Citation }
export type PayBase = {
  baseFen: bigint
  counted: readonly Told<PayItem>[]
  leftOut: readonly Told<PayItem>[]
  deducted: readonly Told<PayDeduction>[]
}

/**
 * The base of a month's dues from a pay slip: the regular parts after tax.
 * @returns with each part by what text it counts or does not; a base below 0 is 0
 * @throws RangeError for a part below 0
 */
export function baseOfPay({ kind, items, deductions }: PaySlip): PayBase {
  const partsOf = <Item extends string>(names: readonly Item[], said: Partial<Record<Item, bigint>>) =>
    names.flatMap(item => (said[item] === undefined ? [] : [{ item, fen: said[item] }]))
  const [earned, taken] = [partsOf(payItems, items), partsOf(payDeductions, deductions)]
  const wrong = [...earned, ...taken].find(({ fen }) => fen < 0n)
  if (wrong) throw new RangeError(`${wrong.item} of ${wrong.fen} fen is below 0`)
  const judged = earned.map(part => ({ ...part, ...judgePayItem(kind, part.item) }))
  const told = (counts: boolean) => judged.flatMap(({ counts: own, ...part }) => (own === counts ? [part] : []))
  const sum = (parts: readonly { fen: bigint }[]) => parts.reduce((total, { fen }) => total + fen, 0n)
  const base = sum(told(true)) - sum(taken)
  return {
    baseFen: base < 0n ? 0n : base,
    counted: told(true),
    leftOut: told(false),
    deducted: taken.map(part => ({ ...part, citation: leftOut })),
  }
}
