import type { DuesReminderState } from '@linghang/events'

export type PersonalReminderKind =
  | DuesReminderState['kind']
  | 'MONTHLY_REPORT'
  | 'APPEAL_ANSWERED'
  | 'APPEAL_REOPENED'
  | 'SCORE_CORRECTED'
export type PersonalReminderLight = DuesReminderState['light']

/** Something that is a member's own to do; nobody else finds it. */
export type PersonalReminder = {
  id: string
  kind: PersonalReminderKind
  month: string
  /** How many months that are over were open when it was sent. */
  months: number
  light: PersonalReminderLight
  lineId: string | null
  appealId: string | null
  sheetId: string | null
  shownFrom: Date
  readAt: Date | null
}
