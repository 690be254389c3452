import type { Citation } from '../deadline.ts'
import { type Bracket, type DuesCategory, duesRulesOn } from './rates.ts'
import type { DuesVersion } from './sources.ts'

/** What a county decides of how dues are worked out. */
export type DuesSettings = {
  /** No text says how a part of a fen or a jiao is rounded; half goes up. */
  rounding: 'FEN' | 'JIAO'
  /** What a farmer pays a month, 20 to 100 fen (党费规定 2008, art. 6). */
  farmerFen: bigint
}
export const usualDuesSettings: DuesSettings = { rounding: 'FEN', farmerFen: 20n }

/** What dues of a month follow from: everything that an officer reads aloud. */
export type DuesExplanation = {
  category: DuesCategory
  version: DuesVersion
  /** What was received in `months` months; null where dues are a fixed sum. */
  income: { fen: bigint; months: 1 | 3 } | null
  /** The base of one month to the fen, half up; the sum is worked out before it is rounded. */
  baseFen: bigint | null
  bracket: Bracket | null
  /** The share in fen before it is rounded, as a decimal number without an end of zeros, `7500.015`; null where the sum is fixed. */
  exactFen: string | null
  rounding: DuesSettings['rounding']
  /** Before what is generally the most a month (一般不超过). */
  roundedFen: bigint
  /** What more would be is voluntary; null where the sum is not over it, or there is no such limit. */
  usualAtMostFen: bigint | null
  dueFen: bigint
  citations: readonly Citation[]
}

const halfUp = (numerator: bigint, denominator: bigint): bigint => (2n * numerator + denominator) / (2n * denominator)

/** n / d, where d divides a power of ten or has a three in it: six places, and no more. */
function decimal(numerator: bigint, denominator: bigint): string {
  const millionths = halfUp(numerator * 1_000_000n, denominator)
  const [whole, places] = [millionths / 1_000_000n, millionths % 1_000_000n]
  return places === 0n ? `${whole}` : `${whole}.${`${places}`.padStart(6, '0').replace(/0+$/, '')}`
}

/**
 * What somebody owes for a month, and why: one rate on the whole base (党费规定 2008, art. 2), or a fixed sum.
 * @param on any day of the month
 * @param incomeFen what was received: in the month, or in the quarter before where there is no monthly pay (art. 4)
 * @throws RangeError for an income below 0, for none where the category takes one, and for a farmer's sum that art. 6 does not allow
 */
export function explainDues(
  { category, incomeFen, on }: { category: DuesCategory; incomeFen: bigint | null; on: string },
  { rounding, farmerFen }: DuesSettings = usualDuesSettings,
): DuesExplanation {
  const { version, rates, usualAtMost } = duesRulesOn(on)
  const rate = rates[category]
  if (rate.kind === 'FIXED') {
    const dueFen = category === 'FARMER' ? farmerFen : rate.atLeastFen
    if (dueFen < rate.atLeastFen || dueFen > rate.atMostFen)
      throw new RangeError(`${dueFen} fen a month are not between ${rate.atLeastFen} and ${rate.atMostFen}`)
    return {
      ...{ category, version, income: null, baseFen: null, bracket: null, exactFen: null, rounding },
      ...{ roundedFen: dueFen, usualAtMostFen: null, dueFen, citations: rate.citations },
    }
  }
  if (incomeFen === null || incomeFen < 0n) throw new RangeError(`dues of ${category} take an income of 0 fen or more`)
  const months = BigInt(rate.incomeMonths)
  // Held against the income of all months, so that no fen decides that rounding made.
  const bracket = rate.brackets.find(({ upToFen }) => upToFen === null || incomeFen <= upToFen * months) as Bracket
  const [numerator, denominator] = [incomeFen * bracket.perMille, 1_000n * months]
  const roundedFen = rounding === 'FEN' ? halfUp(numerator, denominator) : 10n * halfUp(numerator, 10n * denominator)
  const isOver = usualAtMost !== null && roundedFen > usualAtMost.fen
  return {
    ...{ category, version, income: { fen: incomeFen, months: rate.incomeMonths } },
    ...{ baseFen: halfUp(incomeFen, months), bracket, exactFen: decimal(numerator, denominator), rounding, roundedFen },
    ...{ usualAtMostFen: isOver ? usualAtMost.fen : null, dueFen: isOver ? usualAtMost.fen : roundedFen },
    citations: isOver ? [...rate.citations, usualAtMost.citation] : rate.citations,
  }
}
