import type { DaySums } from './compare-day.ts'

/** What the provider took for a committee on a day, and whether the bank has it. */
export type Settlement = DaySums & {
  id: string
  orgId: string
  keeperId: string
  day: string
  reconciledAt: Date
  bankedOn: string | null
  journalId: string | null
}
