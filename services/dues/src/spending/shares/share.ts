import { centreShareDueOn, centreShareOf, shareUpOf as partOf } from '@linghang/rulebook'

/** What an organisation, with all below it, has to pass up of a year's dues, and what it has. In fen. */
export type ShareUp = {
  year: number
  paidFen: bigint
  perMille: number
  shareFen: bigint
  /** What of that is the centre's. */
  centreFen: bigint
  passedFen: bigint
  leftFen: bigint
  dueOn: string
}

/**
 * @param paidFen what its members paid in the year, less what was taken back
 * @param perMille how much of it organisations of its kind pass up
 */
export function shareUpOf(
  year: number,
  { paidFen, passedFen }: Pick<ShareUp, 'paidFen' | 'passedFen'>,
  perMille: number,
): ShareUp {
  const paid = paidFen < 0n ? 0n : paidFen
  const shareFen = partOf(paid, BigInt(perMille))
  const centreFen = centreShareOf(paid) < shareFen ? centreShareOf(paid) : shareFen
  const leftFen = passedFen < shareFen ? shareFen - passedFen : 0n
  return { year, paidFen, perMille, shareFen, centreFen, passedFen, leftFen, dueOn: centreShareDueOn(year) }
}
