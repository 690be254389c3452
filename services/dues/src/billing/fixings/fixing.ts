import type { FixingState, FixingWhy } from './fixing-line.ts'

/** The yearly fixing as it stands at an organisation and all below it: counts of those who owe, and what they owe a month. */
export type Fixing = {
  orgId: string
  year: number
  begunAt: Date
  total: number
  confirmed: number
  checked: number
  claimed: number
  incomplete: number
  dueFen: bigint
}

/** Which lines of a list; null does not matter, an empty list finds nothing. */
export type LineFilter = { states: readonly FixingState[] | null; whys: readonly FixingWhy[] | null }
