import type { PaymentKind } from '../../billing/payments/payment.ts'

/** For what money came: a month that was owed, months to come, one's own will, the centre. */
export type ReceiptItem = 'DUES' | 'ADVANCE' | 'VOLUNTARY' | 'LARGE'
export type ReceiptLine = { item: ReceiptItem; month: string | null; amountFen: bigint }

/** VALID; TO_VOID: a payment of it was taken back, the paper is to be got back and voided; VOIDED. */
export type ReceiptState = 'VALID' | 'TO_VOID' | 'VOIDED'

/**
 * A receipt for dues (党费收据); LARGE: the paper of the committee that takes a large due for the centre, which gives the member
 * its own receipt (大额党费代收凭证, art. 11).
 */
export type Receipt = {
  id: string
  orgId: string
  memberId: string
  year: number
  number: number
  kind: PaymentKind
  /** As the organisation was called then. */
  orgName: string
  amountFen: bigint
  /** Between which days it was received. */
  fromOn: string
  untilOn: string
  issuedOn: string
  issuedAt: Date
  issuedBy: string | null
  voidedAt: Date | null
  voidReason: string | null
  /** Whether a payment of it was taken back since. */
  takenBack: boolean
}

export const receiptState = ({ voidedAt, takenBack }: Pick<Receipt, 'voidedAt' | 'takenBack'>): ReceiptState =>
  voidedAt !== null ? 'VOIDED' : takenBack ? 'TO_VOID' : 'VALID'

/** How a receipt's number is written: of the year, at least six digits. */
export const writtenNumber = ({ year, number }: Pick<Receipt, 'year' | 'number'>): string =>
  `${year}-${`${number}`.padStart(6, '0')}`

type Paid = {
  kind: PaymentKind
  amountFen: bigint
  advanceFen: bigint
  voluntaryFen: bigint
  shares: readonly { month: string; amountFen: bigint }[]
}

/** What payments were for, month by month, then what is for months to come, then what was given besides. */
export function linesOf(payments: readonly Paid[]): ReceiptLine[] {
  const months = new Map<string, bigint>()
  for (const { shares } of payments)
    for (const { month, amountFen } of shares) months.set(month, (months.get(month) ?? 0n) + amountFen)
  const large = payments.filter(({ kind }) => kind === 'LARGE')
  const sumOf = (key: 'advanceFen' | 'voluntaryFen') => payments.reduce((sum, payment) => sum + payment[key], 0n)
  return [
    ...[...months]
      .toSorted(([one], [other]) => (one < other ? -1 : 1))
      .map(([month, amountFen]) => ({ item: 'DUES' as const, month, amountFen })),
    { item: 'ADVANCE' as const, month: null, amountFen: sumOf('advanceFen') },
    { item: 'VOLUNTARY' as const, month: null, amountFen: sumOf('voluntaryFen') },
    { item: 'LARGE' as const, month: null, amountFen: large.reduce((sum, { amountFen }) => sum + amountFen, 0n) },
  ].filter(({ amountFen }) => amountFen > 0n)
}
