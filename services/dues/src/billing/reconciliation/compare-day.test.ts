import { describe, expect, test } from '@jest/globals'
import { orderNoOf } from '../online/order.ts'
import type { BillRow } from '../online/payment-provider.ts'
import { type Compared, compareDay, feeFenOf, netFenOf, sumsOf } from './compare-day.ts'

const idOf = (n: number) => `01a200f4-ea24-7313-8038-${n.toString(16).padStart(12, '0')}`
const orderOf = (n: number): Compared => ({
  ...{ id: idOf(n), keeperId: 'k', amountFen: BigInt(100 + n), state: 'SETTLED', tradeNo: `42${n}` },
})
const rowOf = (n: number): BillRow => ({
  ...{ kind: 'PAID', orderNo: orderNoOf(idOf(n)), tradeNo: `42${n}`, refundNo: null, amountFen: BigInt(100 + n) },
  ...{ feeMilliFen: 0n, attach: 'c/k' },
})
const order = orderOf(1)
const row = rowOf(1)
const about = row.orderNo

describe('S0-6c the provider’s bill of a day against our orders', () => {
  const differs = (reason: string, expected: string | null, found: string | null) => [
    { reason, about, expected, found },
  ]
  const closed: Compared = { ...order, state: 'CLOSED', tradeNo: null }
  const back: BillRow = { ...row, kind: 'REFUNDED', refundNo: 'r' }
  test.each<[string, Compared[], boolean, BillRow[], object[]]>([
    ['the same', [order], true, [row], []],
    ['paid by our clock on another day', [order], false, [row], []],
    ['not in the bill', [order], true, [], differs('MISSING_AT_PROVIDER', '101', null)],
    ['not paid that day, and not in the bill', [order], false, [], []],
    ['not here', [], false, [row], differs('MISSING_HERE', null, '101')],
    ['a fen more', [order], true, [{ ...row, amountFen: 102n }], differs('AMOUNT_DIFFERS', '101', '102')],
    ['a fen less', [order], true, [{ ...row, amountFen: 100n }], differs('AMOUNT_DIFFERS', '101', '100')],
    ['not settled here', [closed], false, [row], differs('STATE_DIFFERS', 'CLOSED', 'SUCCESS')],
    ['another number', [order], true, [{ ...row, tradeNo: '43' }], differs('NUMBER_DIFFERS', '421', '43')],
    ['twice', [order], true, [row, row], differs('PAID_TWICE', null, '421')],
    ['given back', [order], true, [row, back], differs('REFUNDED_ELSEWHERE', null, 'r: 101')],
    ['with a fee', [order], true, [{ ...row, feeMilliFen: 1n }], differs('FEE_TAKEN', '0', '1')],
  ])('S0-6c %s', (_, orders, isPaid, rows, wanted) => {
    expect(compareDay(orders, new Set(isPaid ? orders.map(({ id }) => id) : []), rows)).toEqual(wanted)
  })

  test('S0-6c however many differences are planted, they are found and nothing else', () => {
    const seed = 20_261_129
    let state = seed
    const next = (below: number) => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
      return Math.floor((state / 2 ** 32) * below)
    }
    for (let round = 0; round < 200; round += 1) {
      const numbers = Array.from({ length: 40 }, (_, n) => n)
      const orders = numbers.map(orderOf)
      const planted: string[] = []
      const plant = (n: number, reason: string) => planted.push(`${reason} ${orderNoOf(idOf(n))}`)
      let [here, rows] = [orders, numbers.map(rowOf)]
      for (const n of numbers.filter(() => next(6) === 0)) {
        const is = ({ orderNo }: BillRow) => orderNo === orderNoOf(idOf(n))
        const kind = next(4)
        if (kind === 0) rows = rows.filter(one => !is(one))
        if (kind === 1) here = here.filter(({ id }) => id !== idOf(n))
        if (kind === 2) rows = rows.map(one => (is(one) ? { ...one, amountFen: one.amountFen + 1n } : one))
        if (kind === 3) here = here.map(one => (one.id === idOf(n) ? { ...one, state: 'DISPUTED' as const } : one))
        plant(n, ['MISSING_AT_PROVIDER', 'MISSING_HERE', 'AMOUNT_DIFFERS', 'STATE_DIFFERS'][kind] ?? '')
      }
      const paidThatDay = new Set(here.filter(({ state: now }) => now === 'SETTLED').map(({ id }) => id))
      const found = compareDay(
        here,
        paidThatDay,
        rows.toSorted(() => next(3) - 1),
      )
      expect({ seed, round, found: found.map(one => `${one.reason} ${one.about}`).toSorted() }).toEqual({
        ...{ seed, round, found: planted.toSorted() },
      })
    }
  })
})

describe('S0-6c what the bank is to have', () => {
  test.each([
    [499n, 0n],
    [500n, 1n],
    [1499n, 1n],
    [1500n, 2n],
    [-499n, 0n],
    [-500n, -1n],
  ])('platform a fee of %i thousandths is %i fen', (milliFen, fen) => {
    expect(feeFenOf(milliFen)).toBe(fen)
  })

  test('S0-6c is what was paid, less what was given back, less the fee', () => {
    const rows = [
      { ...row, amountFen: 7501n, feeMilliFen: 45_006n },
      { ...row, amountFen: 100n, feeMilliFen: 600n },
      { ...row, kind: 'REFUNDED' as const, amountFen: 100n, feeMilliFen: -600n },
    ]
    const sums = sumsOf(rows)
    expect(sums).toEqual({ trades: 3, paidFen: 7601n, refundedFen: 100n, feeMilliFen: 45_006n })
    expect(netFenOf(sums)).toBe(7456n)
  })
})
