import type { Refund as Told } from './payment-provider.ts'

/** OPENED: here, and perhaps at the provider. PROCESSING: the provider does it. SUCCESS: the payer has it. FAILED: not so. */
export type RefundState = 'OPENED' | 'PROCESSING' | 'SUCCESS' | 'FAILED'

export type Refund = {
  id: string
  countyId: string
  orgId: string
  orderId: string
  merchantId: string
  amountFen: bigint
  reason: string
  state: RefundState
  openedAt: Date
  endedAt: Date | null
  askAt: Date | null
}

export const refundAskMs = 60_000

export type RefundVerdict =
  | { do: 'NOTHING' }
  | { do: 'WAIT' }
  | { do: 'BOOK' }
  | { do: 'FAIL'; found: string }
  | { do: 'DISPUTE'; found: string }

/** What follows from what the provider says of a refund; of another sum or order than ours nothing does by itself. */
export function judgeRefund(
  refund: Pick<Refund, 'state' | 'amountFen'> & { orderNo: string },
  told: Told,
): RefundVerdict {
  if (refund.state === 'SUCCESS' || refund.state === 'FAILED') return { do: 'NOTHING' }
  if (told.amountFen !== refund.amountFen || told.orderNo !== refund.orderNo || told.currency !== 'CNY')
    return { do: 'DISPUTE', found: `${told.amountFen} ${told.currency} ${told.orderNo}` }
  if (told.state === 'PROCESSING') return { do: 'WAIT' }
  return told.state === 'SUCCESS' ? { do: 'BOOK' } : { do: 'FAIL', found: told.state }
}
