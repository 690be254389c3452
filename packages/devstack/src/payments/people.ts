import { billOf } from './bill.ts'
import { type BillChange, newNumber } from './book.ts'
import { type Torment, torments } from './callbacks.ts'
import { type Answer, type Asked, endRefund, json, type Sandbox } from './protocol.ts'

// What no provider has: the payer's hand, and whoever wants to see us err.

const missing = (what: string): Answer => json(400, { code: 'SANDBOX', message: what })

/** A payer pays the order of a number. */
const pay = ({ book, callbacks }: Sandbox, { input }: Asked): Answer => {
  const { orderNo, at = new Date().toISOString() } = input
  const order = typeof orderNo === 'string' ? book.order(orderNo) : undefined
  if (!order) return missing('no order of this number')
  if (order.state !== 'NOTPAY') return missing(`the order is ${order.state}`)
  if (typeof at !== 'string' || Number.isNaN(Date.parse(at))) return missing('at is no instant')
  if (Date.parse(order.expiresAt) < Date.now()) return missing('the order has expired')
  const paid = { ...order, state: 'SUCCESS' as const, tradeNo: newNumber('4200'), paidAt: at }
  book.keepOrder(paid)
  callbacks.paid(paid)
  return json(200, { tradeNo: paid.tradeNo })
}

const isTorment = (value: unknown): value is Torment => torments.some(known => known === value)

const torment = ({ callbacks, refunds, fee, answers }: Sandbox, { input }: Asked): Answer => {
  const { orderNo = '*', callbacks: how = [] } = input
  if (typeof orderNo !== 'string' || !Array.isArray(how) || !how.every(isTorment)) return missing('callbacks')
  callbacks.torment(orderNo, how)
  if (typeof input.refundsHang === 'boolean') refunds.hang = input.refundsHang
  if (typeof input.feePerTenThousand === 'number') fee.perTenThousand = input.feePerTenThousand
  if (typeof input.fail === 'number') answers.fail = input.fail
  return json(200, { orderNo, callbacks: how })
}

/** mulberry32: a seed gives the same disorder again. */
const seeded = (seed: number) => {
  let state = seed >>> 0
  return (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

const release = ({ callbacks }: Sandbox, { input }: Asked): Answer =>
  json(200, { released: callbacks.release(seeded(Number(input.seed ?? 1))) })

const plant = ({ book }: Sandbox, { input }: Asked): Answer => {
  const { day, orderNo, change, amountFen = 1, attach = '' } = input
  if (typeof day !== 'string' || typeof orderNo !== 'string') return missing('day, orderNo')
  if (!['MISSING', 'EXTRA', 'AMOUNT', 'REFUNDED'].includes(String(change))) return missing('change')
  book.plant(day, {
    ...{ orderNo, change: change as BillChange['change'], amountFen: Number(amountFen), attach: String(attach) },
  })
  return json(200, {})
}

/** What the bank has for a day: payments less refunds and fee. */
const settlement = ({ book, keys, fee }: Sandbox, { query }: Asked): Answer => {
  const { netFen, feeFen, paidFen, refundedFen } = billOf(book, keys, query.get('day') ?? '', fee.perTenThousand)
  return json(200, { netFen, feeFen, paidFen, refundedFen })
}

const refundEnds = (sandbox: Sandbox, { input }: Asked): Answer => {
  const { refundNo, state } = input
  if (typeof refundNo !== 'string' || (state !== 'SUCCESS' && state !== 'ABNORMAL' && state !== 'CLOSED'))
    return missing('refundNo, state')
  endRefund(sandbox, refundNo, state)
  return json(200, {})
}

const sent = ({ callbacks }: Sandbox): Answer => json(200, callbacks.sent)

/** Doors that take no signature, on this machine alone. */
export const openDoors: readonly { method: string; path: string; open: (at: Sandbox, asked: Asked) => Answer }[] = [
  { method: 'POST', path: '/sandbox/pay', open: pay },
  { method: 'POST', path: '/sandbox/torment', open: torment },
  { method: 'POST', path: '/sandbox/release', open: release },
  { method: 'POST', path: '/sandbox/bill', open: plant },
  { method: 'POST', path: '/sandbox/refund', open: refundEnds },
  { method: 'GET', path: '/sandbox/settlement', open: settlement },
  { method: 'GET', path: '/sandbox/sent', open: sent },
]
