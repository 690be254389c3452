import type { Citation } from '../deadline.ts'
import { inDues } from './sources.ts'

/** What dues may be spent on (党费使用项目), and where it stands; a closed list. */
export const spendingUses = {
  TRAINING: inDues('2008', '第十九条第一项'),
  MATERIALS: inDues('2008', '第十九条第二项'),
  COMMENDATION: inDues('2008', '第十九条第三项'),
  HARDSHIP: inDues('2008', '第十九条第四项'),
  DISASTER: inDues('2008', '第十九条第五项'),
  MEETINGS: inDues('2017', '使用范围', 'SECONDARY'),
  VISITS: inDues('2017', '使用范围', 'SECONDARY'),
  VENUE_REPAIR: inDues('2017', '使用范围', 'SECONDARY'),
  PRINTING: inDues('2017', '使用范围', 'SECONDARY'),
  FLAGS: inDues('2017', '使用范围', 'SECONDARY'),
  BANK_FEES: inDues('2017', '使用范围', 'SECONDARY'),
} as const satisfies Readonly<Record<string, Citation>>
export type SpendingUse = keyof typeof spendingUses

/** The same, and what is passed down to an inferior, which is decided on in the same way (art. 20). */
export const duesUses = { ...spendingUses, PASS_DOWN: inDues('2008', '第二十条') } as const
export type DuesUse = keyof typeof duesUses

/** By whom a sum is decided: up to and with which the branch's own decision is enough, and up to which one level above. */
export type SpendingBands = { ownUpToFen: bigint; superiorUpToFen: bigint }

/**
 * Where a county has decided nothing: each request goes to the level above (党费规定 2008, art. 21: one level up, never
 * skipping), and no sum goes further.
 */
export const usualSpendingBands: SpendingBands = { ownUpToFen: 0n, superiorUpToFen: 10n ** 13n }

/** Who decides: the organisation itself, the one above it, or that one and then the one above that. */
export type SpendingRoute = 'OWN' | 'SUPERIOR' | 'TWO_LEVELS'

/** @param amountFen what is asked for */
export const spendingRouteOf = (amountFen: bigint, { ownUpToFen, superiorUpToFen }: SpendingBands): SpendingRoute =>
  amountFen <= ownUpToFen ? 'OWN' : amountFen <= superiorUpToFen ? 'SUPERIOR' : 'TWO_LEVELS'

/** Collective discussion (art. 20), and the request that goes one level up (art. 21). */
export const spendingCitations: readonly Citation[] = [inDues('2008', '第二十条'), inDues('2008', '第二十一条')]

/** So long money stays reserved for a request that was approved; no text fixes it. */
export const spendingHoldDays = 90

/** What goes to the centre of what members have paid in a year, and until when (党费规定 2008, art. 15). */
export const centreShare = { perCent: 5n, citation: inDues('2008', '第十五条') } as const

/** @param paidFen what members have paid in the year @returns the share in fen; half a fen counts as one */
export const centreShareOf = (paidFen: bigint): bigint => (paidFen * centreShare.perCent + 50n) / 100n

/** By the end of April of the next year. */
export const centreShareDueOn = (year: number): string => `${year + 1}-04-30`
