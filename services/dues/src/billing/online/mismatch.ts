/** Why something is in the queue. */
export const mismatchReasons = [
  ...(['OTHER_MERCHANT', 'AMOUNT_DIFFERS', 'CURRENCY_DIFFERS', 'PAID_TWICE', 'PAYMENT_WITHOUT_NUMBER'] as const),
  ...(['REFUNDED_ELSEWHERE', 'MISSING_AT_PROVIDER', 'MISSING_HERE', 'STATE_DIFFERS', 'NUMBER_DIFFERS'] as const),
  ...(['FEE_TAKEN', 'BANK_DIFFERS', 'REFUND_DIFFERS', 'REFUND_FAILED', 'REFUND_NOT_BOOKED'] as const),
] as const
export type MismatchReason = (typeof mismatchReasons)[number]

/** What is said differently of one thing; as text, since sums, numbers and states are compared. */
export type Difference = {
  keeperId: string
  orgId: string
  reason: MismatchReason
  /** Of which number: ours of an order or a refund, or the day of a settlement. */
  about: string
  expected: string | null
  found: string | null
}

export type Mismatch = Difference & {
  id: string
  foundAt: Date
  resolvedAt: Date | null
  resolvedBy: string | null
  resolution: string | null
}
