import { addDays, addMonths, monthOf, type Period } from '@linghang/rulebook'

/**
 * A time of which there is a standing: of published sheets; or a month as each branch was told it in its report, where the
 * county's pack scores by a longer time and months are asked for (S3-27).
 */
export type Time = { period: Period; by: 'SHEETS' | 'REPORTS' }

/** How many months a branch is on the black list before its head is called in (S3-27). */
const monthsRunning = 3

const monthPeriod = (month: string): Period => ({ from: month, until: addDays(addMonths(month, 1), -1) })
const isMonth = ({ from, until }: Period): boolean => from === monthOf(from) && until === monthPeriod(from).until

/** The newest first, and of those that end together the shortest. @param reported months whose reports are all made */
export function timesOf(published: readonly Period[], reported: readonly string[]): Time[] {
  const sheets = published.map((period): Time => ({ period, by: 'SHEETS' }))
  const has = (month: string): boolean => published.some(period => isMonth(period) && period.from === month)
  const reports = reported
    .filter(month => !has(month))
    .map((month): Time => ({ period: monthPeriod(month), by: 'REPORTS' }))
  return [...sheets, ...reports].sort(
    ({ period: a }, { period: b }) =>
      (a.until < b.until ? 1 : a.until > b.until ? -1 : 0) || (a.from < b.from ? 1 : -1),
  )
}

/** The newest time, or the shortest in which a day lies. */
export function timeAt(times: readonly Time[], on: string | null): Time | null {
  if (on === null) return times[0] ?? null
  const found = times.filter(({ period: { from, until } }) => from <= on && on <= until)
  return found.toSorted(({ period: a }, { period: b }) => (a.from < b.from ? 1 : -1))[0] ?? null
}

/** A year whose last time is published: that of a day, or the newest. */
export function yearAt(published: readonly Period[], on: string | null): Period | null {
  const year = published
    .filter(({ until }) => until.endsWith('-12-31') && (on === null || until.startsWith(on.slice(0, 4))))
    .map(({ until }) => until.slice(0, 4))
    .sort()
    .at(-1)
  return year === undefined ? null : { from: `${year}-01-01`, until: `${year}-12-31` }
}

/** The newest month and those right before it; null where one is missing: what is not known runs on for nobody (R10). */
export function runningMonths(times: readonly Time[]): Time[] | null {
  const months = times.filter(({ period }) => isMonth(period))
  const [newest] = months
  if (!newest) return null
  const run = Array.from({ length: monthsRunning }, (_, back) =>
    months.find(({ period }) => period.from === addMonths(newest.period.from, -back)),
  )
  return run.every(time => time !== undefined) ? run : null
}
