import { addDays, addMonths, monthOf } from '@linghang/rulebook'

export const limitPeriods = ['MONTH', 'QUARTER', 'YEAR'] as const
export type LimitPeriod = (typeof limitPeriods)[number]

/** From its first day to its last. */
export type Period = { from: string; until: string }

const monthsOf: Readonly<Record<LimitPeriod, number>> = { MONTH: 1, QUARTER: 3, YEAR: 12 }

/** The month, quarter or year of the calendar in which a day lies. */
export function periodOf(period: LimitPeriod, day: string): Period {
  const months = monthsOf[period]
  const from = addMonths(monthOf(day), -((Number(day.slice(5, 7)) - 1) % months))
  return { from, until: addDays(addMonths(from, months), -1) }
}

/** How much may be spent of an account in a period, as it is in force. */
export type Limit = { accountId: string; period: LimitPeriod; limitFen: bigint }

/** What counts against a limit in a period: what was spent, and what is held and may be. */
export type Use = { usedFen: bigint; heldFen: bigint }

/** What may still be spent; a limit that was lowered below what is used leaves nothing. */
export const freeOf = (limitFen: bigint, { usedFen, heldFen }: Use): bigint => {
  const free = limitFen - usedFen - heldFen
  return free > 0n ? free : 0n
}

/** A limit and how it stands. */
export type ToldLimit = Limit & Period & Use & { freeFen: bigint }
