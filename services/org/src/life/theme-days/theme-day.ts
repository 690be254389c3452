/** Whether a branch has held its theme day of a month, and if not why; only where the county has set a day. */
export type ThemeDay = {
  id: string
  orgId: string
  /** The first day of the month. */
  month: string
  dueOn: string
  closedBy: 'MEETING' | 'REASON' | null
  meetingId: string | null
  reason: string | null
  version: bigint
}

export const monthOf = (day: string): string => `${day.slice(0, 8)}01`

/** Not held by the county's day, and nobody has said why. */
export const isMissed = ({ closedBy, dueOn }: Pick<ThemeDay, 'closedBy' | 'dueOn'>, today: string): boolean =>
  closedBy === null && dueOn < today
