import { addDays, isWorkingDay, workingDayFrom } from '@linghang/rulebook'

const minuteMs = 60_000
/** Asia/Shanghai is eight hours ahead of UTC, without daylight saving since 1991. */
const aheadOfUtcMinutes = 8 * 60

/** Offices open at nine. */
export const nineOClock = 9 * 60

/** They close at five, for whoever is not to be reminded outside of working hours. */
const fiveOClock = 17 * 60

const utcMs = (opensAtMinute: number): number => (opensAtMinute - aheadOfUtcMinutes) * minuteMs

/** The day that counts for reminders: until offices open it is still the day before. */
export const reminderDay = (nowMs: number, opensAtMinute: number = nineOClock): string =>
  new Date(nowMs - utcMs(opensAtMinute)).toISOString().slice(0, 10)

/** The moment at which a day begins to count. */
export const reminderMoment = (day: string, opensAtMinute: number = nineOClock): number =>
  Date.parse(`${day}T00:00:00Z`) + utcMs(opensAtMinute)

/**
 * The first moment from one on at which people are at work: a working day of the State Council's calendar, from nine to
 * five. Nobody is reminded of what is theirs outside of it.
 */
export function workingMoment(nowMs: number): number {
  const today = reminderDay(nowMs, 0)
  if (isWorkingDay(today) && nowMs < reminderMoment(today, fiveOClock)) return Math.max(nowMs, reminderMoment(today))
  return reminderMoment(workingDayFrom(addDays(today, 1)))
}
