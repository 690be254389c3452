import type { TradeDifference } from './order.ts'

/** Why something is in the queue. */
export type MismatchReason = TradeDifference

/** What is said differently of one thing; as text, since sums, numbers and states are compared. */
export type Difference = {
  keeperId: string
  orgId: string
  reason: MismatchReason
  /** Of which number: ours of an order or a refund, or the provider's. */
  about: string
  expected: string | null
  found: string | null
}
