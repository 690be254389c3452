import { z } from 'zod'
import { type Refund, refundStates, type Trade, type TradeState } from '../payment-provider.ts'

/** Money in messages is a whole number of fen; more than a number holds exactly is nobody's. */
const fen = z.int().min(0).transform(BigInt)
const instant = z.iso.datetime({ offset: true }).transform(text => new Date(text))

const states: Readonly<Record<string, TradeState>> = {
  ...{ SUCCESS: 'SUCCESS', REFUND: 'REFUND', CLOSED: 'CLOSED', REVOKED: 'CLOSED' },
  ...{ NOTPAY: 'UNPAID', USERPAYING: 'UNPAID', ACCEPT: 'UNPAID', PAYERROR: 'PAYERROR' },
}

/** An order as the provider tells of it, when it is asked and in a callback. */
export const tradeMessage = z
  .object({
    ...{ mchid: z.string(), out_trade_no: z.string(), trade_state: z.enum(Object.keys(states)) },
    transaction_id: z.string().min(1).max(64).optional(),
    success_time: instant.optional(),
    amount: z.object({ total: fen.optional(), currency: z.string().optional() }).optional(),
  })
  .transform(
    (said): Trade => ({
      ...{ orderNo: said.out_trade_no, merchantId: said.mchid, state: states[said.trade_state] ?? 'UNPAID' },
      ...{ tradeNo: said.transaction_id ?? null, paidAt: said.success_time ?? null },
      ...{ amountFen: said.amount?.total ?? null, currency: said.amount?.currency ?? null },
    }),
  )

/** A refund, when it is asked for or about. */
export const refundMessage = z
  .object({
    ...{ out_refund_no: z.string(), out_trade_no: z.string(), status: z.enum(refundStates) },
    amount: z.object({ refund: fen, currency: z.string().default('CNY') }),
  })
  .transform(
    (said): Refund => ({
      ...{ refundNo: said.out_refund_no, orderNo: said.out_trade_no, state: said.status },
      ...{ amountFen: said.amount.refund, currency: said.amount.currency },
    }),
  )

/** A refund in a callback, which names its state and its money otherwise. */
export const refundNotice = z
  .object({
    ...{ out_refund_no: z.string(), out_trade_no: z.string(), refund_status: z.enum(refundStates) },
    amount: z.object({ refund: fen }),
  })
  .transform(
    (said): Refund => ({
      ...{ refundNo: said.out_refund_no, orderNo: said.out_trade_no, state: said.refund_status },
      ...{ amountFen: said.amount.refund, currency: 'CNY' },
    }),
  )

/** What is around a callback's sealed content. */
export const callbackMessage = z.object({
  event_type: z.string(),
  resource: z.object({
    ...{ algorithm: z.string(), ciphertext: z.string(), nonce: z.string() },
    ...{ associated_data: z.string().optional(), original_type: z.string().optional() },
  }),
})

export const openedByCode = z.object({ code_url: z.string().min(1).max(512) })
export const openedForPage = z.object({ prepay_id: z.string().min(1).max(128) })
export const billMade = z.object({
  ...{ hash_type: z.enum(['SHA1', 'SHA256']), hash_value: z.string(), download_url: z.url() },
})
export const refusal = z.object({ code: z.string().max(100) })
