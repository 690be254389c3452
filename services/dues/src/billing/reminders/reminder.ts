/** DUES_OPEN: a month that is not settled at its end. BASE_TO_CONFIRM: what the yearly fixing proposes, or the branch has corrected. */
export type ReminderKind = 'DUES_OPEN' | 'BASE_TO_CONFIRM'

/** What a member is to find in their own inbox. */
export type DuesReminder = {
  id: string
  orgId: string
  memberId: string
  kind: ReminderKind
  month: string
  /** How many months that are over were open when it was found. */
  months: number
  lineId: string | null
  openedOn: string
  closedOn: string | null
  version: bigint
}
