import type { PaymentKind } from '../payments/payment.ts'
import type { MismatchReason } from './mismatch.ts'
import type { Trade } from './payment-provider.ts'

/**
 * OPENING: here, and perhaps at the provider. PENDING: the provider has it, nobody knows more. SETTLED: the money has
 * moved, once. CLOSED: nobody can pay it any more. DISPUTED: the provider itself says something else of it.
 * REFUNDED: the payer has it back.
 */
export const orderStates = ['OPENING', 'PENDING', 'SETTLED', 'CLOSED', 'DISPUTED', 'REFUNDED'] as const
export type OrderState = (typeof orderStates)[number]

export type Order = {
  id: string
  countyId: string
  orgId: string
  memberId: string
  keeperId: string
  accountId: string
  amountFen: bigint
  kind: PaymentKind
  state: OrderState
  codeUrl: string | null
  openedAt: Date
  expiresAt: Date
  askAt: Date | null
  asked: number
  tradeNo: string | null
  paidAt: Date | null
  /** Through whose account at the provider. */
  merchantId: string
}

/** 100,000 yuan: more at once comes to the committee otherwise. */
export const mostOrderFen = 10_000_000n
/** How long a code may be paid. */
export const orderMs = 30 * 60_000

export const isOpen = ({ state }: Pick<Order, 'state'>): boolean => state === 'OPENING' || state === 'PENDING'

/** Our number at the provider, 32 characters; the id and nothing else, so that it is found from either side. */
export const orderNoOf = (id: string): string => id.replaceAll('-', '')
/** The id that a number stands for; null where it is none of ours. */
export function idOfOrderNo(orderNo: string): string | null {
  const parts = /^([0-9a-f]{8})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{12})$/.exec(orderNo)
  return parts ? parts.slice(1).join('-') : null
}
/** In which county and committee a trade is at home whose order is not to be found. */
export const attachOf = ({ countyId, keeperId }: Pick<Order, 'countyId' | 'keeperId'>): string =>
  `${countyId}/${keeperId}`

/** After how long the provider is asked next, the first times soon: most payers pay within a minute. */
const waitsMs = [15_000, 15_000, 30_000, 60_000, 120_000, 300_000]
export const nextAskAt = ({ asked, expiresAt }: Pick<Order, 'asked' | 'expiresAt'>, now: Date): Date => {
  const at = now.getTime() + (waitsMs[asked] ?? 600_000)
  // As soon as it can be closed, so that the member can open another one.
  return new Date(now < expiresAt && at > expiresAt.getTime() ? expiresAt.getTime() : at)
}

export type Verdict =
  | { do: 'NOTHING' }
  | { do: 'SETTLE'; tradeNo: string; paidAt: Date }
  | { do: 'CLOSE' }
  | { do: 'DISPUTE'; reason: MismatchReason; expected: string; found: string }

const nothing: Verdict = { do: 'NOTHING' }
const dispute = (reason: MismatchReason, expected: string, found: string | null): Verdict => ({
  ...{ do: 'DISPUTE', reason, expected, found: found ?? '-' },
})

/**
 * What follows from what the provider says of an order. A signature says who speaks and not that it is so: merchant, sum
 * and currency have to be the order's.
 */
export function judgeTrade(
  order: Pick<Order, 'state' | 'amountFen' | 'tradeNo' | 'merchantId'>,
  trade: Trade,
): Verdict {
  if (trade.merchantId !== order.merchantId) return dispute('OTHER_MERCHANT', order.merchantId, trade.merchantId)
  if (trade.state === 'UNPAID') return nothing
  if (trade.state === 'CLOSED' || trade.state === 'PAYERROR') return isOpen(order) ? { do: 'CLOSE' } : nothing
  if (trade.amountFen !== order.amountFen)
    return dispute('AMOUNT_DIFFERS', `${order.amountFen}`, trade.amountFen === null ? null : `${trade.amountFen}`)
  if (trade.currency !== 'CNY') return dispute('CURRENCY_DIFFERS', 'CNY', trade.currency)
  if (trade.tradeNo === null || trade.paidAt === null)
    return dispute('PAYMENT_WITHOUT_NUMBER', 'a number', trade.tradeNo)
  if (order.tradeNo !== null)
    return order.tradeNo === trade.tradeNo ? nothing : dispute('PAID_TWICE', order.tradeNo, trade.tradeNo)
  if (trade.state === 'REFUND') return dispute('REFUNDED_ELSEWHERE', 'SUCCESS', 'REFUND')
  return { do: 'SETTLE', tradeNo: trade.tradeNo, paidAt: trade.paidAt }
}
