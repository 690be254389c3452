import { type DuesExplanation, explainDues, monthOf } from '@linghang/rulebook'
import type { DuesRecord } from './dues-record.ts'

/**
 * What somebody owes for a month by what their record says now; null for whoever owes nothing then, and while something
 * that is needed is missing. From the month of the assembly on (党费规定 2008, art. 8).
 * @param on any day of the month
 */
export function explainRecord(
  { category, baseFen, owes, owesSince, complete }: DuesRecord,
  on: string,
  settings: Parameters<typeof explainDues>[1],
): DuesExplanation | null {
  if (!owes || !complete || category === null) return null
  if (owesSince !== null && monthOf(on) < monthOf(owesSince)) return null
  return explainDues({ category, incomeFen: incomeOf(category, baseFen), on }, settings)
}

/** A record holds the base of one month; where the income of a quarter counts, it is the average of its months. */
export const incomeOf = (category: DuesRecord['category'], baseFen: bigint | null): bigint | null =>
  category === 'NO_FIXED_SALARY' && baseFen !== null ? 3n * baseFen : baseFen
