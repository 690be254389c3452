const minuteMs = 60_000
/** Asia/Shanghai is eight hours ahead of UTC, without daylight saving since 1991. */
const aheadOfUtcMinutes = 8 * 60

/** Offices open at nine. */
export const nineOClock = 9 * 60

const utcMs = (opensAtMinute: number): number => (opensAtMinute - aheadOfUtcMinutes) * minuteMs

/** The day that counts for reminders: until offices open it is still the day before. */
export const reminderDay = (nowMs: number, opensAtMinute: number = nineOClock): string =>
  new Date(nowMs - utcMs(opensAtMinute)).toISOString().slice(0, 10)

/** The moment at which a day begins to count. */
export const reminderMoment = (day: string, opensAtMinute: number = nineOClock): number =>
  Date.parse(`${day}T00:00:00Z`) + utcMs(opensAtMinute)
