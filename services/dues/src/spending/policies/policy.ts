import { type SpendingBands, usualSpendingBands } from '@linghang/rulebook'

/** What a county has decided, and from when; `effectiveFrom` and `basis` null where it has decided nothing. */
export type SpendingPolicy = SpendingBands & {
  /** From which sum on each voucher has its paper; null for never. No text asks for it. */
  paperFromFen: bigint | null
  effectiveFrom: string | null
  basis: string | null
}

export const undecided: SpendingPolicy = { ...usualSpendingBands, paperFromFen: null, effectiveFrom: null, basis: null }
