import published from 'chinese-days/dist/chinese-days.json' with { type: 'json' }
import { addDays, addMonths, type IsoDate, monthOf, weekdayOf } from './calendar.ts'

const holidays: Readonly<Record<string, string>> = published.holidays
const madeUpDays: Readonly<Record<string, string>> = published.workdays

/** Whether the State Council has published the holidays of the year; before that only weekends are known. */
export const isYearPublished = (year: string): boolean => `${year}-01-01` in holidays

/** Whether offices work on that day: weekdays that are no holiday, and weekends that are worked in exchange (调休). */
export function isWorkingDay(date: IsoDate): boolean {
  if (date in madeUpDays) return true
  return weekdayOf(date) <= 5 && !(date in holidays)
}

export type WorkingDay = {
  on: IsoDate
  /** True where a year in between is not published yet: the day may move once it is (暂算). */
  provisional: boolean
}

/** No public notice is longer; it bounds the search too. */
const mostWorkingDays = 250

/**
 * The last of a number of working days, the first one counted: five working days from a Monday end on that Friday.
 * @param from the day on which counting begins; a day off counts for nothing
 * @param days 1 to 250; RangeError otherwise
 */
export function lastWorkingDay(from: IsoDate, days: number): WorkingDay {
  if (!Number.isInteger(days) || days < 1 || days > mostWorkingDays) throw new RangeError('1 to 250 working days')
  let counted = 0
  let provisional = false
  for (let date = from; ; date = addDays(date, 1)) {
    if (!isYearPublished(date.slice(0, 4))) provisional = true
    if (isWorkingDay(date)) counted++
    if (counted === days) return { on: date, provisional }
  }
}

/**
 * The last day of a public notice. No text says whether the day on which it is hung out counts: offices count it, the
 * Civil Code's way of counting (art. 201) begins the day after, and a county says which it keeps.
 */
export const noticeEnds = (
  from: IsoDate,
  { workingDays, countsFirstDay }: { workingDays: number; countsFirstDay: boolean },
): WorkingDay => lastWorkingDay(countsFirstDay ? from : addDays(from, 1), workingDays)

/** The first working day on or after a day; of a year that is not published weekends alone are known. */
export const workingDayFrom = (day: IsoDate): IsoDate => lastWorkingDay(day, 1).on

/**
 * The day on which so many working days of a month are left, itself among them: 1 is the last working day.
 * @param month any day of it
 * @param left 1 to 10, which every month has; RangeError otherwise
 */
export function workingDaysLeftOn(month: IsoDate, left: number): IsoDate {
  if (!Number.isInteger(left) || left < 1 || left > 10) throw new RangeError('1 to 10 working days of a month')
  let counted = 0
  for (let day = addDays(addMonths(monthOf(month), 1), -1); ; day = addDays(day, -1)) {
    if (isWorkingDay(day)) counted++
    if (counted === left) return day
  }
}
