import { randomUUID } from 'node:crypto'
import { type Book, inShanghai, type SandboxOrder, type SandboxRefund } from './book.ts'
import type { SandboxKeys } from './keys.ts'
import { sealedResource, signedHeaders } from './wire.ts'

/** How the callbacks of one order, or of all (`*`), go wrong. */
export const torments = [
  ...(['TWICE', 'LATE', 'NEVER', 'HELD'] as const),
  ...(['WRONG_AMOUNT', 'WRONG_CURRENCY', 'WRONG_MERCHANT', 'WRONG_ORDER'] as const),
  ...(['WRONG_SIGNATURE', 'WRONG_SERIAL', 'OLD_TIMESTAMP', 'BROKEN_SEAL'] as const),
] as const
export type Torment = (typeof torments)[number]

const lateMs = 1_500
/** The provider waits from 15 seconds to hours; here the same number of times in less. */
const retryWaitsMs = [250, 500, 1_000, 2_000, 4_000, 8_000, 16_000, 32_000]
const answerTimeoutMs = 5_000

export const tradeOf = (keys: SandboxKeys, order: SandboxOrder) => ({
  appid: keys.appId,
  mchid: keys.merchantId,
  out_trade_no: order.orderNo,
  ...(order.tradeNo === null ? {} : { transaction_id: order.tradeNo, bank_type: 'OTHERS' }),
  trade_type: order.tradeType,
  trade_state: order.state,
  trade_state_desc: order.state,
  attach: order.attach,
  ...(order.paidAt === null ? {} : { success_time: inShanghai(order.paidAt), payer: { openid: order.openId } }),
  ...(order.tradeNo === null
    ? {}
    : { amount: { total: order.totalFen, payer_total: order.totalFen, currency: 'CNY', payer_currency: 'CNY' } }),
})

const refundNoticeOf = (keys: SandboxKeys, refund: SandboxRefund, order: SandboxOrder) => ({
  mchid: keys.merchantId,
  out_trade_no: refund.orderNo,
  transaction_id: order.tradeNo,
  out_refund_no: refund.refundNo,
  refund_id: refund.refundId,
  refund_status: refund.state,
  ...(refund.state === 'SUCCESS' ? { success_time: inShanghai(refund.createdAt) } : {}),
  amount: {
    total: refund.totalFen,
    refund: refund.refundFen,
    payer_total: refund.totalFen,
    payer_refund: refund.refundFen,
  },
})

/** Tells the merchant what has happened, signed and sealed, again until it says that it knows, and wrongly where told. */
export const createCallbacks = (keys: SandboxKeys, forged: SandboxKeys, book: Book) => {
  const wrong = new Map<string, Set<Torment>>()
  const timers = new Set<NodeJS.Timeout>()
  let held: (() => void)[] = []
  const sent = { accepted: 0, refused: 0, unanswered: 0 }
  const after = (ms: number, run: () => void): void => {
    const timer = setTimeout(() => {
      timers.delete(timer)
      run()
    }, ms)
    timers.add(timer)
  }
  const tormentsOf = (orderNo: string): Set<Torment> =>
    new Set([...(wrong.get('*') ?? []), ...(wrong.get(orderNo) ?? [])])

  const send = async (url: string, body: string, told: Set<Torment>): Promise<boolean> => {
    const nowMs = told.has('OLD_TIMESTAMP') ? Date.now() - 301_000 : Date.now()
    const signing = told.has('WRONG_SERIAL') ? { ...keys, platformSerial: forged.platformSerial } : keys
    const signer = told.has('WRONG_SIGNATURE') ? { ...signing, platformPrivateKey: forged.platformPrivateKey } : signing
    const headers = { 'content-type': 'application/json', ...signedHeaders(signer, body, nowMs) }
    try {
      const answer = await fetch(url, { method: 'POST', headers, body, signal: AbortSignal.timeout(answerTimeoutMs) })
      await answer.body?.cancel()
      sent[answer.ok ? 'accepted' : 'refused'] += 1
      return answer.ok
    } catch {
      sent.unanswered += 1
      return false
    }
  }

  const insist = (url: string, body: string, told: Set<Torment>, attempt = 0): void => {
    void send(url, body, told).then(taken => {
      const waitMs = retryWaitsMs[attempt]
      if (!taken && waitMs !== undefined) after(waitMs, () => insist(url, body, told, attempt + 1))
    })
  }

  const tell = (url: string, event: string, type: string, content: object, told: Set<Torment>): void => {
    if (told.has('NEVER')) return
    const resource = sealedResource(told.has('BROKEN_SEAL') ? forged.apiV3Key : keys.apiV3Key, type, content)
    const body = JSON.stringify({
      ...{ id: randomUUID(), create_time: inShanghai(new Date().toISOString()), event_type: event },
      ...{ resource_type: 'encrypt-resource', summary: event, resource },
    })
    const begin = (): void => {
      for (let times = told.has('TWICE') ? 2 : 1; times > 0; times -= 1) insist(url, body, told)
    }
    if (told.has('HELD')) held.push(begin)
    else after(told.has('LATE') ? lateMs : 0, begin)
  }

  return {
    sent,
    torment: (orderNo: string, how: readonly Torment[]): void => {
      wrong.set(orderNo, new Set(how))
    },
    paid: (order: SandboxOrder): void => {
      const told = tormentsOf(order.orderNo)
      const said = tradeOf(keys, order)
      const content = {
        ...said,
        ...(told.has('WRONG_MERCHANT') ? { mchid: '1900000000' } : {}),
        ...(told.has('WRONG_ORDER')
          ? { out_trade_no: `${order.orderNo.slice(0, -1)}${order.orderNo.endsWith('0') ? 1 : 0}` }
          : {}),
        amount: {
          ...said.amount,
          ...(told.has('WRONG_AMOUNT') ? { total: order.totalFen + 1 } : {}),
          ...(told.has('WRONG_CURRENCY') ? { currency: 'USD' } : {}),
        },
      }
      tell(order.notifyUrl, 'TRANSACTION.SUCCESS', 'transaction', content, told)
    },
    refunded: (refund: SandboxRefund): void => {
      const order = book.order(refund.orderNo)
      if (!order) return
      tell(
        refund.notifyUrl,
        `REFUND.${refund.state}`,
        'refund',
        refundNoticeOf(keys, refund, order),
        tormentsOf(refund.orderNo),
      )
    },
    /** Sends what was held back, in an order of the caller's. @param shuffle a number below 1 for each turn */
    release: (shuffle: () => number): number => {
      const all = held
      held = []
      for (let last = all.length - 1; last > 0; last -= 1) {
        const other = Math.floor(shuffle() * (last + 1))
        const one = all[last] as () => void
        all[last] = all[other] as () => void
        all[other] = one
      }
      for (const begin of all) begin()
      return all.length
    },
    stop: (): void => {
      for (const timer of timers) clearTimeout(timer)
    },
  }
}
export type Callbacks = ReturnType<typeof createCallbacks>
