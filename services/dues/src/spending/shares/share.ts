import { centreShareDueOn, centreShareOf } from '@linghang/rulebook'

/** What an organisation, with all below it, has to pass up of a year's dues, and what it has. In fen. */
export type ShareUp = {
  year: number
  paidFen: bigint
  shareFen: bigint
  passedFen: bigint
  leftFen: bigint
  dueOn: string
}

/** @param paidFen what its members paid in the year, less what was taken back */
export function shareUpOf(year: number, paidFen: bigint, passedFen: bigint): ShareUp {
  const shareFen = centreShareOf(paidFen < 0n ? 0n : paidFen)
  const leftFen = passedFen < shareFen ? shareFen - passedFen : 0n
  return { year, paidFen, shareFen, passedFen, leftFen, dueOn: centreShareDueOn(year) }
}
