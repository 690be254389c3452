import { shanghaiDay } from '@linghang/access'
import { addDays } from '@linghang/rulebook'

/** The provider makes the bill of a day at ten the next morning. */
const madeAtMs = 10.25 * 3_600_000
/** After an outage so many days are looked at again. */
const daysBack = 7

/** The days whose bills are made by now, the oldest first. */
export const daysDue = (now: Date): string[] => {
  const newest = addDays(shanghaiDay(new Date(now.getTime() - madeAtMs)), -1)
  return Array.from({ length: daysBack }, (_, n) => addDays(newest, n + 1 - daysBack))
}
