import { createHash, randomUUID } from 'node:crypto'
import { billOf } from './bill.ts'
import { type Book, inShanghai, newNumber, type SandboxOrder, type SandboxRefund } from './book.ts'
import { type Callbacks, tradeOf } from './callbacks.ts'
import type { SandboxKeys } from './keys.ts'

export interface Answer {
  status: number
  body: string
}
/** What one of the protocol's doors is asked. */
export interface Asked {
  params: string[]
  query: URLSearchParams
  input: Record<string, unknown>
}
export interface Sandbox {
  keys: SandboxKeys
  book: Book
  callbacks: Callbacks
  url: string
  fee: { perTenThousand: number }
  /** Bills that are made, by the word with which they are fetched. */
  bills: Map<string, string>
  refunds: { hang: boolean }
  /** How many of the next answers are none: the provider fails after it has done what it was asked. */
  answers: { fail: number }
}

export const json = (status: number, content: object): Answer => ({ status, body: JSON.stringify(content) })
const refuse = (status: number, code: string, message = code): Answer => json(status, { code, message })

const isWhole = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 1
const record = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
const orderNumber = /^[0-9a-zA-Z_\-|*]{6,32}$/

const opening =
  (tradeType: SandboxOrder['tradeType']) =>
  ({ keys, book }: Sandbox, { input }: Asked): Answer => {
    const { out_trade_no: orderNo, description, notify_url: notifyUrl, time_expire: expiry, attach = '' } = input
    const amount = record(input.amount)
    const openId = tradeType === 'JSAPI' ? record(input.payer).openid : 'o-scanner'
    if (input.appid !== keys.appId || input.mchid !== keys.merchantId) return refuse(400, 'PARAM_ERROR', 'appid, mchid')
    if (typeof orderNo !== 'string' || !orderNumber.test(orderNo)) return refuse(400, 'PARAM_ERROR', 'out_trade_no')
    if (!isWhole(amount.total) || amount.currency !== 'CNY') return refuse(400, 'PARAM_ERROR', 'amount')
    if (typeof description !== 'string' || description === '' || Buffer.byteLength(description) > 127)
      return refuse(400, 'PARAM_ERROR', 'description')
    if (typeof attach !== 'string' || Buffer.byteLength(attach) > 128) return refuse(400, 'PARAM_ERROR', 'attach')
    if (typeof notifyUrl !== 'string' || !URL.canParse(notifyUrl) || new URL(notifyUrl).search !== '')
      return refuse(400, 'PARAM_ERROR', 'notify_url')
    if (typeof expiry !== 'string' || !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d$/.test(expiry))
      return refuse(400, 'PARAM_ERROR', 'time_expire')
    if (typeof openId !== 'string' || openId === '') return refuse(400, 'PARAM_ERROR', 'payer')
    const known = book.order(orderNo)
    if (known?.state === 'SUCCESS' || known?.state === 'REFUND') return refuse(400, 'ORDERPAID')
    if (known?.state === 'CLOSED') return refuse(400, 'ORDER_CLOSED')
    if (known && (known.totalFen !== amount.total || known.tradeType !== tradeType))
      return refuse(403, 'OUT_TRADE_NO_USED')
    const token = known?.token ?? randomUUID().replaceAll('-', '')
    book.keepOrder({
      ...{ orderNo, state: 'NOTPAY', totalFen: amount.total, description, attach, notifyUrl, tradeType, openId, token },
      ...{ expiresAt: new Date(expiry).toISOString(), tradeNo: null, paidAt: null },
    })
    return json(
      200,
      tradeType === 'NATIVE' ? { code_url: `weixin://wxpay/bizpayurl?pr=${token}` } : { prepay_id: token },
    )
  }

const trade = ({ keys, book }: Sandbox, { params: [orderNo = ''], query }: Asked): Answer => {
  const order = book.order(orderNo)
  if (query.get('mchid') !== keys.merchantId) return refuse(400, 'PARAM_ERROR', 'mchid')
  return order ? json(200, tradeOf(keys, order)) : refuse(404, 'ORDER_NOT_EXIST')
}

const close = ({ keys, book }: Sandbox, { params: [orderNo = ''], input }: Asked): Answer => {
  const order = book.order(orderNo)
  if (input.mchid !== keys.merchantId) return refuse(400, 'PARAM_ERROR', 'mchid')
  if (!order) return refuse(404, 'ORDER_NOT_EXIST')
  if (order.state === 'SUCCESS' || order.state === 'REFUND') return refuse(400, 'ORDERPAID')
  book.keepOrder({ ...order, state: 'CLOSED' })
  return { status: 204, body: '' }
}

const refundSaid = (refund: SandboxRefund, order: SandboxOrder) => ({
  ...{ refund_id: refund.refundId, out_refund_no: refund.refundNo, transaction_id: order.tradeNo },
  ...{
    out_trade_no: refund.orderNo,
    channel: 'ORIGINAL',
    status: refund.state,
    create_time: inShanghai(refund.createdAt),
  },
  amount: { total: refund.totalFen, refund: refund.refundFen, currency: 'CNY' },
})

/** Ends a refund one way or the other, and says so. */
export const endRefund = ({ book, callbacks }: Sandbox, refundNo: string, state: SandboxRefund['state']): void => {
  const refund = book.refund(refundNo)
  const order = refund && book.order(refund.orderNo)
  if (!refund || !order || refund.state !== 'PROCESSING') return
  const ended = { ...refund, state }
  book.keepRefund(ended)
  if (state === 'SUCCESS') book.keepOrder({ ...order, state: 'REFUND' })
  callbacks.refunded(ended)
}

const refund = (sandbox: Sandbox, { input }: Asked): Answer => {
  const { book, refunds } = sandbox
  const { out_trade_no: orderNo, out_refund_no: refundNo, notify_url: notifyUrl } = input
  const amount = record(input.amount)
  if (typeof orderNo !== 'string' || typeof refundNo !== 'string') return refuse(400, 'PARAM_ERROR', 'numbers')
  const order = book.order(orderNo)
  if (!order) return refuse(404, 'RESOURCE_NOT_EXISTS')
  const known = book.refund(refundNo)
  if (known && (known.orderNo !== orderNo || known.refundFen !== amount.refund)) return refuse(400, 'INVALID_REQUEST')
  if (known) return json(200, refundSaid(known, order))
  if (order.state !== 'SUCCESS') return refuse(400, 'INVALID_REQUEST', 'nothing was paid, or it was given back')
  if (!isWhole(amount.refund) || amount.total !== order.totalFen || amount.refund > order.totalFen)
    return refuse(400, 'PARAM_ERROR', 'amount')
  const made: SandboxRefund = {
    ...{ refundNo, refundId: newNumber('5030'), orderNo, state: 'PROCESSING', refundFen: amount.refund },
    ...{ totalFen: order.totalFen, notifyUrl: String(notifyUrl), createdAt: new Date().toISOString() },
  }
  book.keepRefund(made)
  if (!refunds.hang) setTimeout(() => endRefund(sandbox, refundNo, 'SUCCESS'), 100)
  return json(200, refundSaid(made, order))
}

const refundAsked = ({ book }: Sandbox, { params: [refundNo = ''] }: Asked): Answer => {
  const found = book.refund(refundNo)
  const order = found && book.order(found.orderNo)
  return found && order ? json(200, refundSaid(found, order)) : refuse(404, 'RESOURCE_NOT_EXISTS')
}

const bill = ({ book, keys, url, fee, bills }: Sandbox, { query }: Asked): Answer => {
  const day = query.get('bill_date') ?? ''
  if (!/^\d{4}-\d\d-\d\d$/.test(day)) return refuse(400, 'PARAM_ERROR', 'bill_date')
  const { rows, text } = billOf(book, keys, day, fee.perTenThousand)
  if (rows === 0) return refuse(400, 'NO_STATEMENT_EXIST')
  const token = randomUUID()
  bills.set(token, text)
  const hash = createHash('sha1').update(text).digest('hex')
  return json(200, { hash_type: 'SHA1', hash_value: hash, download_url: `${url}/v3/billdownload/file?token=${token}` })
}

const download = ({ bills }: Sandbox, { query }: Asked): Answer => {
  const text = bills.get(query.get('token') ?? '')
  return text === undefined ? refuse(404, 'NO_STATEMENT_EXIST') : { status: 200, body: text }
}

/** The doors of the protocol; `signed`: whether the answer is. */
export const doors: readonly {
  method: string
  path: RegExp
  signed: boolean
  open: (at: Sandbox, asked: Asked) => Answer
}[] = [
  { method: 'POST', path: /^\/v3\/pay\/transactions\/native$/, signed: true, open: opening('NATIVE') },
  { method: 'POST', path: /^\/v3\/pay\/transactions\/jsapi$/, signed: true, open: opening('JSAPI') },
  { method: 'GET', path: /^\/v3\/pay\/transactions\/out-trade-no\/([^/]+)$/, signed: true, open: trade },
  { method: 'POST', path: /^\/v3\/pay\/transactions\/out-trade-no\/([^/]+)\/close$/, signed: true, open: close },
  { method: 'POST', path: /^\/v3\/refund\/domestic\/refunds$/, signed: true, open: refund },
  { method: 'GET', path: /^\/v3\/refund\/domestic\/refunds\/([^/]+)$/, signed: true, open: refundAsked },
  { method: 'GET', path: /^\/v3\/bill\/tradebill$/, signed: true, open: bill },
  { method: 'GET', path: /^\/v3\/billdownload\/file$/, signed: false, open: download },
]
