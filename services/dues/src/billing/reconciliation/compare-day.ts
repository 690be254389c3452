import type { Difference } from '../online/mismatch.ts'
import { type Order, orderNoOf } from '../online/order.ts'
import type { BillRow } from '../online/payment-provider.ts'

export type Compared = Pick<Order, 'id' | 'keeperId' | 'amountFen' | 'state' | 'tradeNo'>
type Found = Pick<Difference, 'reason' | 'about' | 'expected' | 'found'>

/**
 * What the provider's bill of a day and our orders say differently, each thing once.
 * @param orders those that were paid that day by what we know, and those that the bill names, whatever became of them
 * @param paidThatDay the ids of the former
 * @param rows the bill's, of one committee's account
 * @param refunds what we have given back, by our number of it
 */
export function compareDay(
  orders: readonly Compared[],
  paidThatDay: ReadonlySet<string>,
  rows: readonly BillRow[],
  refunds: ReadonlyMap<string, bigint> = new Map(),
): Found[] {
  const known = new Map(orders.map(order => [orderNoOf(order.id), order]))
  const paid = Map.groupBy(
    rows.filter(({ kind }) => kind === 'PAID'),
    ({ orderNo }) => orderNo,
  )
  const found = [...paid].flatMap(([orderNo, [row, ...again]]) =>
    row ? [...differencesOf(known.get(orderNo), row), ...again.map(twice)] : [],
  )
  const missing = orders
    .filter(({ id }) => paidThatDay.has(id) && !paid.has(orderNoOf(id)))
    .map(({ id, amountFen }) => ({
      ...{ reason: 'MISSING_AT_PROVIDER' as const, about: orderNoOf(id), expected: `${amountFen}`, found: null },
    }))
  const refunded = rows
    .filter(({ kind, refundNo, amountFen }) => kind === 'REFUNDED' && refunds.get(refundNo ?? '') !== amountFen)
    .map(refundedElsewhere)
  const fees = rows.filter(({ feeMilliFen }) => feeMilliFen !== 0n).map(feeTaken)
  return [...found, ...missing, ...refunded, ...fees]
}

function differencesOf(order: Compared | undefined, row: BillRow): Found[] {
  const about = row.orderNo
  if (!order) return [{ reason: 'MISSING_HERE', about, expected: null, found: `${row.amountFen}` }]
  const differences: Found[] = []
  if (order.amountFen !== row.amountFen)
    differences.push({ reason: 'AMOUNT_DIFFERS', about, expected: `${order.amountFen}`, found: `${row.amountFen}` })
  if (order.state !== 'SETTLED' && order.state !== 'REFUNDED')
    differences.push({ reason: 'STATE_DIFFERS', about, expected: order.state, found: 'SUCCESS' })
  else if (order.tradeNo !== row.tradeNo)
    differences.push({ reason: 'NUMBER_DIFFERS', about, expected: order.tradeNo, found: row.tradeNo })
  return differences
}

const twice = ({ orderNo, tradeNo }: BillRow): Found => ({
  ...{ reason: 'PAID_TWICE', about: orderNo, expected: null, found: tradeNo },
})
const refundedElsewhere = ({ orderNo, refundNo, amountFen }: BillRow): Found => ({
  ...{ reason: 'REFUNDED_ELSEWHERE', about: orderNo, expected: null, found: `${refundNo}: ${amountFen}` },
})
const feeTaken = ({ orderNo, refundNo, feeMilliFen }: BillRow): Found => ({
  ...{ reason: 'FEE_TAKEN', about: refundNo ?? orderNo, expected: '0', found: `${feeMilliFen}` },
})

/** What the provider took for a committee on a day, by its bill. */
export type DaySums = { trades: number; paidFen: bigint; refundedFen: bigint; feeMilliFen: bigint }
export const sumsOf = (rows: readonly BillRow[]): DaySums => ({
  trades: rows.length,
  paidFen: rows.reduce((sum, { kind, amountFen }) => (kind === 'PAID' ? sum + amountFen : sum), 0n),
  refundedFen: rows.reduce((sum, { kind, amountFen }) => (kind === 'REFUNDED' ? sum + amountFen : sum), 0n),
  feeMilliFen: rows.reduce((sum, { feeMilliFen }) => sum + feeMilliFen, 0n),
})

/** A thousandth of a fen is nobody's money: half goes up, as the provider rounds. */
export const feeFenOf = (milliFen: bigint): bigint => {
  const size = milliFen < 0n ? -milliFen : milliFen
  const fen = (size + 500n) / 1000n
  return milliFen < 0n ? -fen : fen
}
/** What the bank gets for a day. */
export const netFenOf = ({ paidFen, refundedFen, feeMilliFen }: Omit<DaySums, 'trades'>): bigint =>
  paidFen - refundedFen - feeFenOf(feeMilliFen)
