import { Temporal } from 'temporal-polyfill'

/** A calendar date in Asia/Shanghai as ISO text, `2026-11-22`. Two of them compare as texts do. */
export type IsoDate = string

const isoDate = /^\d{4}-\d{2}-\d{2}$/

/** Whether the text is an existing calendar date written `YYYY-MM-DD`; `2026-02-30` is not. */
export function isIsoDate(text: string): text is IsoDate {
  if (!isoDate.test(text)) return false
  const day = Number(text.slice(8))
  const month = Number(text.slice(5, 7))
  if (month < 1 || month > 12 || day < 1) return false
  return day <= 28 || day <= new Temporal.PlainDate(Number(text.slice(0, 4)), month, 1).daysInMonth
}

/** Read by hand: the general parser takes most of the time of judging a roster of half a million rows. */
function plainDate(date: IsoDate): Temporal.PlainDate {
  if (!isoDate.test(date)) throw new RangeError('not a calendar date written YYYY-MM-DD')
  return new Temporal.PlainDate(Number(date.slice(0, 4)), Number(date.slice(5, 7)), Number(date.slice(8)))
}

/**
 * The date a number of calendar months later (earlier when negative). It keeps the day of the month or, where that
 * month has no such day, takes its last day: 31 January + 1 month = 28 or 29 February.
 *
 * Throws RangeError when `date` is not a calendar date.
 */
export const addMonths = (date: IsoDate, months: number): IsoDate =>
  plainDate(date).add({ months }, { overflow: 'constrain' }).toString()

/** The date a number of calendar years later; 29 February becomes 28 February in a common year. */
export const addYears = (date: IsoDate, years: number): IsoDate => addMonths(date, years * 12)

/** The date a number of days later (earlier when negative). */
export const addDays = (date: IsoDate, days: number): IsoDate => plainDate(date).add({ days }).toString()

/** 1 for Monday to 7 for Sunday. */
export const weekdayOf = (date: IsoDate): number => plainDate(date).dayOfWeek

/** The month of a day, as its first day. */
export const monthOf = (date: IsoDate): IsoDate => `${date.slice(0, 7)}-01`
