/** What money is held for. */
export const holdReasons = ['SPENDING'] as const
export type HoldReason = (typeof holdReasons)[number]

/** How a hold ended: what was spent is settled and the rest free, all is free again, or its last day is past. */
export type HoldEnding = 'SETTLED' | 'RELEASED' | 'LAPSED'

export type Hold = {
  id: string
  accountId: string
  orgId: string
  amountFen: bigint
  /** The last day on which it holds. */
  lapsesOn: string
  reason: HoldReason
  note: string
  heldOn: string
  heldAt: Date
  heldBy: string | null
}

export type HoldEnd = {
  holdId: string
  orgId: string
  how: HoldEnding
  settledFen: bigint
  journalId: string | null
  endedAt: Date
  endedBy: string | null
}

/** A hold as it is told: `OPEN` or how it ended. */
export type ToldHold = Omit<Hold, 'heldBy'> & { end: Pick<HoldEnd, 'settledFen' | 'journalId' | 'endedAt'> | null } & {
  state: 'OPEN' | HoldEnding
}

/** How a hold stands on a day: past its last one it has lapsed, whether or not somebody has ended it. */
export const stateOf = (lapsesOn: string, how: HoldEnding | null, today: string): ToldHold['state'] =>
  how ?? (lapsesOn < today ? 'LAPSED' : 'OPEN')
