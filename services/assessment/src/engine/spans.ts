import { addDays, addMonths, monthOf, type Period } from '@linghang/rulebook'

const monthsOf = { MONTH: 1, QUARTER: 3, HALF_YEAR: 6, YEAR: 12 } as const
export type Stretch = keyof typeof monthsOf

/** The month, quarter, half or year in which a day lies. */
export function stretchAt(stretch: Stretch, day: string): Period {
  const months = monthsOf[stretch]
  const from = addMonths(monthOf(day), -((Number(day.slice(5, 7)) - 1) % months))
  return { from, until: addDays(addMonths(from, months), -1) }
}

/** Those that end within a period, in their order: a year's line stands in the sheet in which the year ends. */
export function stretchesEndingIn(stretch: Stretch, { from, until }: Period): Period[] {
  const found: Period[] = []
  for (let one = stretchAt(stretch, from); one.from <= until; one = stretchAt(stretch, addDays(one.until, 1)))
    if (one.until >= from && one.until <= until) found.push(one)
  return found
}

export const isWithin = (day: string, { from, until }: Period): boolean => day >= from && day <= until

/** From how long before a month's end lights are worked out, so that the same months always give the same light. */
const lightMonths = 24

const kept = new Map<string, readonly Period[]>()

/** The last months that are over before a day, the oldest first; kept, since everybody is asked of the same ones. */
export function monthsOver(asOf: string): readonly Period[] {
  const known = kept.get(asOf)
  if (known) return known
  const first = addMonths(monthOf(asOf), -lightMonths)
  const months = Array.from({ length: lightMonths }, (_, i) => stretchAt('MONTH', addMonths(first, i)))
  if (kept.size > 200) kept.clear()
  kept.set(asOf, months)
  return months
}

/** How far back facts count for a sheet that looks at lights, or at what is carried over. */
export const reachOf = ({ from, until }: Period): Period => ({ from: addMonths(monthOf(from), -lightMonths), until })
