/** A calendar date in Asia/Shanghai as ISO text, `2026-11-22`. Two of them compare as texts do. */
export type IsoDate = string

const isoDate = /^\d{4}-\d{2}-\d{2}$/
const dayMs = 86_400_000

const isLeap = (year: number): boolean => year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
/** @param month 1 to 12 */
const daysIn = (year: number, month: number): number =>
  month === 2 ? (isLeap(year) ? 29 : 28) : month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31

/** Year, month and day of an existing date; null of any other text. */
function partsOf(text: string): [year: number, month: number, day: number] | null {
  if (!isoDate.test(text)) return null
  const [year, month, day] = [Number(text.slice(0, 4)), Number(text.slice(5, 7)), Number(text.slice(8))]
  return month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month) ? [year, month, day] : null
}

/** Whether the text is an existing calendar date written `YYYY-MM-DD`; `2026-02-30` is not. */
export const isIsoDate = (text: string): text is IsoDate => partsOf(text) !== null

function readDate(date: IsoDate): [year: number, month: number, day: number] {
  const parts = partsOf(date)
  if (!parts) throw new RangeError('not a calendar date written YYYY-MM-DD')
  return parts
}

// Reckoned by hand, in days of UTC, of which each has as many hours: a calendar library takes most of the time of whatever
// counts days, from half a million rows of a roster to the reminders of a county. It is what the tests hold this against.
const midnightOf = ([year, month, day]: [number, number, number]): number =>
  new Date(0).setUTCFullYear(year, month - 1, day)
const textOf = (midnight: number): IsoDate => new Date(midnight).toISOString().replace(/T.*/, '')

function requireWhole(count: number): number {
  if (!Number.isSafeInteger(count)) throw new RangeError(`not a whole number: ${count}`)
  return count
}

/**
 * The date a number of calendar months later (earlier when negative). It keeps the day of the month or, where that
 * month has no such day, takes its last day: 31 January + 1 month = 28 or 29 February.
 *
 * Throws RangeError when `date` is not a calendar date.
 */
export function addMonths(date: IsoDate, months: number): IsoDate {
  const [year, month, day] = readDate(date)
  const count = year * 12 + month - 1 + requireWhole(months)
  const [inYear, inMonth] = [Math.floor(count / 12), (((count % 12) + 12) % 12) + 1]
  return textOf(midnightOf([inYear, inMonth, Math.min(day, daysIn(inYear, inMonth))]))
}

/** The date a number of calendar years later; 29 February becomes 28 February in a common year. */
export const addYears = (date: IsoDate, years: number): IsoDate => addMonths(date, years * 12)

/** The date a number of days later (earlier when negative). */
export const addDays = (date: IsoDate, days: number): IsoDate =>
  textOf(midnightOf(readDate(date)) + requireWhole(days) * dayMs)

/** 1 for Monday to 7 for Sunday. */
export const weekdayOf = (date: IsoDate): number => new Date(midnightOf(readDate(date))).getUTCDay() || 7

/** The month of a day, as its first day. */
export const monthOf = (date: IsoDate): IsoDate => `${date.slice(0, 7)}-01`
