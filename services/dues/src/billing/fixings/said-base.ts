import {
  baseOfPay,
  type DuesCategory,
  type PayDeduction,
  type PayItem,
  type PaySlip,
  takesIncome,
} from '@linghang/rulebook'
import { fail } from './errors.ts'

export type SaidBase = {
  category: DuesCategory
  /** Of a month, or of the quarter before; null with a pay slip, and where dues are a fixed sum. */
  incomeFen: bigint | null
  paySlip: PaySlip | null
}
/** The parts of a pay slip as a caller lists them. */
export type SaidPart<Item> = { item: Item; fen: bigint }

/** More than anybody is paid: a sum above it was mistyped. */
const mostFen = 100_000_000_000n

const requireFen = (fen: bigint, field: string, atLeast: bigint): bigint =>
  fen >= atLeast && fen <= mostFen
    ? fen
    : fail('BAD_INPUT', {
        ...{ field, found: `${fen}` },
        ...{ wanted: `${atLeast} to ${mostFen} fen`, wantedZh: `${atLeast} 至 ${mostFen} 分` },
      })

/** @throws DomainError BAD_INPUT for a part that is listed twice, and one below 0 */
export function partsOf<Item extends PayItem | PayDeduction>(
  parts: readonly SaidPart<Item>[],
  field: string,
): Partial<Record<Item, bigint>> {
  const said: Partial<Record<Item, bigint>> = {}
  for (const { item, fen } of parts) {
    if (said[item] !== undefined)
      fail('BAD_INPUT', { field, found: item, wanted: 'each part once', wantedZh: '每项只填一次' })
    said[item] = requireFen(fen, field, 0n)
  }
  return said
}

/**
 * The income that somebody's dues are worked out from, as it was said: by a pay slip, whose parts that count are a base
 * (党费规定 2008, art. 1), or as one sum; neither where dues are a fixed sum (art. 6).
 * @throws DomainError BAD_INPUT
 */
export function incomeSaid({ category, incomeFen, paySlip }: SaidBase): bigint | null {
  if (paySlip && category !== 'MONTHLY_SALARY')
    return fail('BAD_INPUT', {
      ...{ field: 'paySlip', found: category, wanted: 'a pay slip with MONTHLY_SALARY alone' },
      wantedZh: '只有按月领取工资的填工资条',
    })
  const isFixed = !takesIncome(category)
  if (isFixed ? incomeFen !== null : (incomeFen === null) === (paySlip === null))
    return fail('BAD_INPUT', {
      ...{ field: 'incomeFen', found: incomeFen === null ? 'null' : 'given' },
      wanted: isFixed ? 'nothing where dues are a fixed sum' : 'either an income or a pay slip',
      wantedZh: isFixed ? '定额交纳的不填收入' : '收入和工资条填其中一项',
    })
  if (isFixed) return null
  // Who is paid by the month or the year is paid something: a base of 0 is a blank that was filled in.
  const atLeast = category === 'MONTHLY_SALARY' || category === 'ANNUAL_SALARY' ? 1n : 0n
  return paySlip
    ? requireFen(baseOfPay(paySlip).baseFen, 'paySlip', atLeast)
    : requireFen(incomeFen ?? 0n, 'incomeFen', atLeast)
}
