import { addMonths, type IsoDate, monthOf } from '../calendar.ts'
import { type Citation, practiceArticle } from '../deadline.ts'
import { inDues } from './sources.ts'

/** Why somebody cannot pay (生活确有困难). The article names hardship and no kinds of it. */
export const hardships = ['ILLNESS', 'DISASTER', 'LOW_INCOME', 'FAMILY', 'OTHER'] as const
export type Hardship = (typeof hardships)[number]

/** Fewer dues or none in hardship: studied by the branch, approved by the committee above (党费规定 2008, art. 7). */
export const waiverCitation: Citation = inDues('2008', '第七条')

/** How long and how far back: no text says it. A year, since a base is fixed by the year; six months, as with back-pay (art. 12). */
export const waiverSpan: { months: number; back: number; citation: Citation } = {
  ...{ months: 12, back: 6 },
  citation: { article: practiceArticle, source: practiceArticle, certainty: 'RECALLED' },
}

/**
 * Whether a waiver may run from one month to another, both included, when it is asked for on a day.
 * @returns the months between which each may lie, where it may not; null where it may
 */
export function waiverSpanRefused(
  fromMonth: IsoDate,
  toMonth: IsoDate,
  today: IsoDate,
): { field: 'fromMonth' | 'toMonth'; earliest: IsoDate; latest: IsoDate } | null {
  const month = monthOf(today)
  const [earliest, latest] = [addMonths(month, -waiverSpan.back), addMonths(month, waiverSpan.months)]
  if (fromMonth < earliest || fromMonth > latest) return { field: 'fromMonth', earliest, latest }
  const last = addMonths(fromMonth, waiverSpan.months - 1)
  return toMonth < fromMonth || toMonth > last ? { field: 'toMonth', earliest: fromMonth, latest: last } : null
}

/** What is left of a month's dues. @param partFen how much of it is waived; null: all */
export const lessWaived = (dueFen: bigint, partFen: bigint | null): bigint =>
  partFen === null || partFen >= dueFen ? 0n : dueFen - partFen
