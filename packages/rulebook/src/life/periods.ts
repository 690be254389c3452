import { addDays, addMonths, type IsoDate, monthOf } from '../calendar.ts'
import type { Every } from './frequencies.ts'

/** From the first day to the last. */
export type Period = { from: IsoDate; until: IsoDate }

const monthsOf: Readonly<Record<Every, number>> = { MONTH: 1, QUARTER: 3, YEAR: 12 }

/** The month, quarter or year in which a day lies. */
export function periodOf(every: Every, day: IsoDate): Period {
  const months = monthsOf[every]
  const month = Number(day.slice(5, 7)) - 1
  const from = addMonths(monthOf(day), -(month % months))
  return { from, until: addDays(addMonths(from, months), -1) }
}

/** The months, quarters or years that begin within a period, in their order. A longer one than the period is not among them. */
export function periodsWithin(every: Every, { from, until }: Period): Period[] {
  const found: Period[] = []
  for (let one = periodOf(every, from); one.from <= until; one = periodOf(every, addDays(one.until, 1)))
    if (one.from >= from) found.push(one)
  return found
}
