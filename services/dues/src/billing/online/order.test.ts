import { describe, expect, test } from '@jest/globals'
import { idOfOrderNo, judgeTrade, nextAskAt, type Order, orderNoOf } from './order.ts'
import type { Trade } from './payment-provider.ts'

const paidAt = new Date('2026-11-29T04:00:00Z')
type Judged = Pick<Order, 'state' | 'amountFen' | 'tradeNo' | 'merchantId'>
const open: Judged = { state: 'PENDING', amountFen: 7501n, tradeNo: null, merchantId: 'm' }
const settled = { ...open, state: 'SETTLED' as const, tradeNo: '42' }
const closed = { ...open, state: 'CLOSED' as const }
const paid: Trade = {
  ...{ orderNo: 'n', merchantId: 'm', state: 'SUCCESS', tradeNo: '42', amountFen: 7501n, currency: 'CNY', paidAt },
}
const settle = { do: 'SETTLE', tradeNo: '42', paidAt }
const dispute = (reason: string, expected: string, found: string) => ({ do: 'DISPUTE', reason, expected, found })

describe('S0-6c what follows from what the provider says of an order', () => {
  test.each<[string, Judged, Partial<Trade>, object]>([
    ['paid', open, {}, settle],
    ['paid before we knew that it was open there', { ...open, state: 'OPENING' }, {}, settle],
    ['paid though we had given it up', closed, {}, settle],
    ['told again', settled, {}, { do: 'NOTHING' }],
    ['given back since', settled, { state: 'REFUND' }, { do: 'NOTHING' }],
    ['paid by another payment as well', settled, { tradeNo: '43' }, dispute('PAID_TWICE', '42', '43')],
    ['not paid', open, { state: 'UNPAID', amountFen: null, tradeNo: null }, { do: 'NOTHING' }],
    ['closed', open, { state: 'CLOSED', amountFen: null, tradeNo: null }, { do: 'CLOSE' }],
    ['failed', open, { state: 'PAYERROR', amountFen: null, tradeNo: null }, { do: 'CLOSE' }],
    ['closed after it was settled', settled, { state: 'CLOSED' }, { do: 'NOTHING' }],
    ['paid a fen less', open, { amountFen: 7500n }, dispute('AMOUNT_DIFFERS', '7501', '7500')],
    ['paid a fen more', open, { amountFen: 7502n }, dispute('AMOUNT_DIFFERS', '7501', '7502')],
    ['paid no sum', open, { amountFen: null }, dispute('AMOUNT_DIFFERS', '7501', '-')],
    ['paid in other money', open, { currency: 'USD' }, dispute('CURRENCY_DIFFERS', 'CNY', 'USD')],
    ['paid to somebody else', open, { merchantId: 'q' }, dispute('OTHER_MERCHANT', 'm', 'q')],
    ['not paid to somebody else', open, { merchantId: 'q', state: 'UNPAID' }, dispute('OTHER_MERCHANT', 'm', 'q')],
    ['paid without a number', open, { tradeNo: null }, dispute('PAYMENT_WITHOUT_NUMBER', 'a number', '-')],
    ['paid at no moment', open, { paidAt: null }, dispute('PAYMENT_WITHOUT_NUMBER', 'a number', '42')],
    ['given back before we knew', open, { state: 'REFUND' }, dispute('REFUNDED_ELSEWHERE', 'SUCCESS', 'REFUND')],
  ])('S0-6c %s', (_, order, said, wanted) => {
    expect(judgeTrade(order, { ...paid, ...said })).toEqual(wanted)
  })

  test('platform its number at the provider is its id, and nothing else is one', () => {
    const id = '01a200f4-ea24-7313-8038-66f5b45027d6'
    expect([orderNoOf(id), idOfOrderNo(orderNoOf(id))]).toEqual(['01a200f4ea247313803866f5b45027d6', id])
    expect([idOfOrderNo(id), idOfOrderNo(`${orderNoOf(id)}0`), idOfOrderNo('x'.repeat(32))]).toEqual([null, null, null])
  })

  const expiresAt = new Date('2026-11-29T04:30:00Z')
  test.each([
    [0, '2026-11-29T04:00:00Z', '2026-11-29T04:00:15.000Z'],
    [5, '2026-11-29T04:00:00Z', '2026-11-29T04:05:00.000Z'],
    [6, '2026-11-29T04:20:00Z', '2026-11-29T04:30:00.000Z'],
    [6, '2026-11-29T04:20:01Z', '2026-11-29T04:30:00.000Z'],
    [6, '2026-11-29T04:30:00Z', '2026-11-29T04:40:00.000Z'],
  ])('platform asked %i times, at %s, it is asked after next at %s', (asked, now, wanted) => {
    expect(nextAskAt({ asked, expiresAt }, new Date(now)).toISOString()).toBe(wanted)
  })
})
