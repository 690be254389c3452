/** CASH: a cashier has it, the bank has not. BANK: it came to the account. ONLINE: a provider of payments has it. */
export const paymentWays = ['CASH', 'BANK', 'ONLINE'] as const
export type PaymentWay = (typeof paymentWays)[number]
/** Who brought it: by oneself, or with the branch's consent a relative or another member (党费规定 2008, art. 12). */
export type Payer = 'SELF' | 'RELATIVE' | 'MEMBER'
/** What is done with more than is open: kept for months to come, or given of one's own will. */
export type Rest = 'ADVANCE' | 'VOLUNTARY'
/** DUES that are owed, paid ahead or given besides; LARGE: for the centre, all of it. */
export type PaymentKind = 'DUES' | 'LARGE'
/** RECORDED by one; CONFIRMED by another and in the books; CANCELLED before that, REVERSED after it. */
export type PaymentState = 'RECORDED' | 'CONFIRMED' | 'CANCELLED' | 'REVERSED'

export type Payment = {
  id: string
  orgId: string
  memberId: string
  keeperId: string
  accountId: string
  way: PaymentWay
  kind: PaymentKind
  payer: Payer
  payerMemberId: string | null
  consent: string | null
  amountFen: bigint
  rest: Rest | null
  duesFen: bigint
  advanceFen: bigint
  voluntaryFen: bigint
  receivedOn: string
  state: PaymentState
  journalId: string | null
  orderId: string | null
  whyEnded: string | null
  recordedBy: string | null
  recordedAt: Date
  confirmedBy: string | null
  confirmedAt: Date | null
}

export type OpenBill = { id: string; month: string; openFen: bigint }
export type Share = { billId: string; amountFen: bigint }

/** What a sum pays of open bills, the oldest month first; what is left over is more than was open. */
export function shareOver(amountFen: bigint, open: readonly OpenBill[]): { shares: Share[]; restFen: bigint } {
  let restFen = amountFen
  const shares: Share[] = []
  for (const { id, openFen } of open.toSorted((one, other) => (one.month < other.month ? -1 : 1))) {
    const amount = restFen < openFen ? restFen : openFen
    if (amount > 0n) shares.push({ billId: id, amountFen: amount })
    restFen -= amount
  }
  return { shares, restFen }
}
