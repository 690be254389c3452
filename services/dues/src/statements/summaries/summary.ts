import { addMonths } from '@linghang/rulebook'

/** What one organisation with all below it collected in a quarter, in the one before, and in the same of the year before. */
export type SummaryLine<Collection> = { orgId: string; now: Collection; before: Collection; lastYear: Collection }
export type Quarter = { year: number; quarter: number }

/** A quarter, the one before it, and the same one of the year before: each by the first days of its first and last month. */
export function comparedMonths({ year, quarter }: Quarter): { from: string; until: string }[] {
  const first = `${year}-${`${quarter * 3 - 2}`.padStart(2, '0')}-01`
  return [0, -3, -12].map(months => ({ from: addMonths(first, months), until: addMonths(first, months + 2) }))
}
