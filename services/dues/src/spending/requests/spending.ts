import type { DuesUse } from '@linghang/rulebook'

export const keptStates = ['DRAFT', 'SUBMITTED', 'APPROVED', 'SETTLED', 'REVERSED', 'RETURNED', 'CANCELLED'] as const
/** How far a request is kept to have come. */
export type KeptState = (typeof keptStates)[number]
/** How it is told: what was approved has lapsed once the money is held for it no longer. */
export type SpendingState = KeptState | 'LAPSED'
export type StepKind =
  | ('REQUESTED' | 'SUBMITTED' | 'APPROVED' | 'RETURNED' | 'CANCELLED' | 'SETTLED')
  /** A meeting that was corrected no longer says what was spent, or says it again. */
  | ('BASIS_LOST' | 'BASIS_RESTORED')
  /** What was booked is taken back; of what was spent the payee gives some back. */
  | ('REVERSED' | 'REFUNDED')

/** A request to spend dues. */
export type Spending = {
  id: string
  orgId: string
  use: DuesUse
  /** Whom dues are passed down to; null where they are spent. */
  receiverOrgId: string | null
  /** From which fund it is paid; null where it is paid from what the organisation has. */
  fundId: string | null
  amountFen: bigint
  payee: string
  purpose: string
  state: KeptState
  requestedBy: string | null
  requestedByMember: string | null
  requestedAt: Date
  resolutionId: string | null
  meetingId: string | null
  /** Whose turn it is to decide. */
  deciderOrgId: string | null
  /** How many levels are still to approve. */
  levelsLeft: number
  holdId: string | null
  settledFen: bigint | null
  journalId: string | null
  /** The journal that takes back what was booked. */
  reversalId: string | null
  /** Since when what was spent stands on no decision of a meeting; null where it does. */
  basisLostOn: string | null
  /** Why it was returned or cancelled, as was said last. */
  reason: string | null
  changedAt: Date
  version: number
}
export type ToldSpending = Omit<Spending, 'state'> & { state: SpendingState }

export type SpendingStep = {
  kind: StepKind
  atOrgId: string
  takenAt: Date
  reason: string | null
}

/** The last day on which the money of an approved request is held, and whether the hold has ended. */
export type HeldUntil = { lapsesOn: string | null; endedHow: string | null }

/** @param today in Asia/Shanghai; on its last day a hold still holds */
export const toldState = (state: KeptState, { lapsesOn, endedHow }: HeldUntil, today: string): SpendingState =>
  state === 'APPROVED' && (endedHow === 'LAPSED' || (lapsesOn !== null && lapsesOn < today)) ? 'LAPSED' : state

/**
 * What follows for a request when the meetings that decided on it are corrected.
 * @param stands whether a closed meeting of the organisation carries this very sum now
 */
export function afterCorrection(
  { state, basisLostOn }: Pick<ToldSpending, 'state' | 'basisLostOn'>,
  stands: boolean,
): 'RETURNED' | 'BASIS_LOST' | 'BASIS_RESTORED' | null {
  if (state === 'SUBMITTED' || state === 'APPROVED') return stands ? null : 'RETURNED'
  if (state !== 'SETTLED' || stands === (basisLostOn === null)) return null
  return stands ? 'BASIS_RESTORED' : 'BASIS_LOST'
}

/** From which states each step may be taken. */
export const from = {
  submit: ['DRAFT', 'RETURNED', 'LAPSED', 'REVERSED'],
  decide: ['SUBMITTED'],
  settle: ['APPROVED'],
  reverse: ['SETTLED'],
  refund: ['SETTLED'],
  cancel: ['DRAFT', 'SUBMITTED', 'APPROVED', 'RETURNED', 'LAPSED'],
} as const satisfies Readonly<Record<string, readonly SpendingState[]>>

/** Whether somebody asks about their own request, by the account or by the file. */
export const isOwn = (
  { requestedBy, requestedByMember }: Pick<Spending, 'requestedBy' | 'requestedByMember'>,
  actor: { accountId: string | null; memberId: string | null },
): boolean =>
  (requestedBy !== null && requestedBy === actor.accountId) ||
  (requestedByMember !== null && requestedByMember === actor.memberId)
