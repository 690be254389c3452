import { addDays, type IsoDate } from '../calendar.ts'
import { type Citation, type Deadline, type DeadlineRule, practiceArticle } from '../deadline.ts'
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

/** So long the level that decides has for it; no text fixes it. */
export const spendingDecisionDays = 15

/** What is due of a request to spend dues: which rule, when, at whose office, and where it stands. */
export type SpendingDate = Citation & { dueOn: IsoDate; orgId: string; nature: Deadline['nature'] } & {
  rule: Extract<DeadlineRule, `DUES_SPENDING_${string}`>
}

const byPractice = (source: string): Citation => ({ article: practiceArticle, source, certainty: 'RECALLED' })

/**
 * What is due of a request as it stands (党费规定 2008, arts. 20, 21): the decision of whose turn it is, within days that are
 * practice; the booking, by the last day on which the money is held; and a look of the superior at what was spent, once no
 * meeting carries it any more.
 * @param request.deciderOrgId whose turn it is to decide; null where it is nobody's
 * @param request.heldUntil the last day on which its money is held; null where none is
 * @param request.superiorId who stands above, or the organisation itself where nobody does
 * @param today when the turn has come
 */
export function spendingDates(
  request: {
    orgId: string
    superiorId: string
    deciderOrgId: string | null
    heldUntil: IsoDate | null
    basisLostOn: IsoDate | null
  },
  today: IsoDate,
): SpendingDate[] {
  const { orgId, superiorId, deciderOrgId, heldUntil, basisLostOn } = request
  const dates: SpendingDate[] = []
  if (deciderOrgId !== null)
    dates.push({
      ...{ rule: 'DUES_SPENDING_DECISION', dueOn: addDays(today, spendingDecisionDays), nature: 'LATEST' },
      ...{ orgId: deciderOrgId, ...byPractice(`党费支出 ${spendingDecisionDays} 日内审批`) },
    })
  if (heldUntil !== null)
    dates.push({
      ...{ rule: 'DUES_SPENDING_BOOKING', dueOn: heldUntil, nature: 'LATEST', orgId },
      ...byPractice(`批准后 ${spendingHoldDays} 日内报销，逾期预留失效`),
    })
  if (basisLostOn !== null)
    dates.push({
      ...{ rule: 'DUES_SPENDING_BASIS', dueOn: basisLostOn, nature: 'EARLIEST', orgId: superiorId },
      ...inDues('2008', '第二十条'),
    })
  return dates
}

/** What goes to the centre of what members have paid in a year, and until when (党费规定 2008, art. 15). */
export const centreShare = { perMille: 50n, citation: inDues('2008', '第十五条') } as const

/**
 * How much each level passes up of what its members paid, of a thousand, where a county has written nothing down: the centre's
 * share. How much a level keeps is set by the province-level committee (art. 27).
 */
export const usualSharesUp = { branchPerMille: 50, generalBranchPerMille: 50, committeePerMille: 50 } as const

/** @param paidFen what members have paid in the year @returns so many of a thousand of it, in fen; half a fen counts as one */
export const shareUpOf = (paidFen: bigint, perMille: bigint): bigint => (paidFen * perMille + 500n) / 1000n
export const centreShareOf = (paidFen: bigint): bigint => shareUpOf(paidFen, centreShare.perMille)

/** By the end of April of the next year. */
export const centreShareDueOn = (year: number): string => `${year + 1}-04-30`
