import { type SpendingBands, usualSpendingBands } from '@linghang/rulebook'

/** What a county has decided, and from when; `effectiveFrom` and `basis` null where it has decided nothing. */
export type SpendingPolicy = SpendingBands & { effectiveFrom: string | null; basis: string | null }

export const undecided: SpendingPolicy = { ...usualSpendingBands, effectiveFrom: null, basis: null }
