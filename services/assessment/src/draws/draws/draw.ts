import { addDays, addMonths } from '@linghang/rulebook'
import { fail } from './errors.ts'
import type { ReviewItem } from './items.ts'
import type { DrawRecord } from './record.ts'

/** A committee's draw of a quarter (台账抽查). */
export type LedgerDraw = {
  id: string
  orgId: string
  /** The first day of the quarter. */
  quarter: string
  white: number
  draws: number
  basis: string
  /** The white list: `listText` of it. */
  list: string
  listHash: string
  seedHash: string
  /** Null until the draw; no service can read it before. */
  seed: string | null
  items: ReviewItem[]
  drawFrom: string
  reviewsDueOn: string
  openedAt: Date
  drawnAt: Date | null
}

export type DrawPlace = {
  drawId: string
  branchId: string
  list: 'BLACK' | 'WHITE'
  place: number | null
  drawn: boolean
}

export const drawLimits = { white: 5_000, quartersBack: 4, daysAhead: 92, basis: 200 } as const

const firstOfQuarter = (day: string): string => {
  const month = Number(day.slice(5, 7))
  return `${day.slice(0, 5)}${String(month - ((month - 1) % 3)).padStart(2, '0')}-01`
}

/** The last day of a quarter that begins on this day. */
const lastOfQuarter = (quarter: string): string => addDays(addMonths(quarter, 3), -1)

/**
 * The day of the fact that a review of a quarter is: its last one, or the day of publication while the quarter goes on.
 */
export const reviewDay = (quarter: string, today: string): string => {
  const last = lastOfQuarter(quarter)
  return today < last ? today : last
}

/** @throws DomainError BAD_INPUT unless it is the first day of the present quarter or of one of the four before it */
export function requireQuarter(quarter: string, today: string): void {
  const last = firstOfQuarter(today)
  const first = addMonths(last, -3 * drawLimits.quartersBack)
  if (quarter === firstOfQuarter(quarter) && quarter >= first && quarter <= last) return
  fail('BAD_INPUT', {
    ...{ field: 'quarter', found: quarter },
    ...{ wanted: `the first day of a quarter, ${first} to ${last}`, wantedZh: `季度的首日，${first} 至 ${last}` },
  })
}

/** @throws DomainError BAD_INPUT */
export function requireDays({ drawFrom, reviewsDueOn }: { drawFrom: string; reviewsDueOn: string }, today: string) {
  const within = (field: string, day: string, from: string) => {
    const last = addDays(from, drawLimits.daysAhead)
    if (day < from || day > last)
      fail('BAD_INPUT', { field, found: day, wanted: `${from} to ${last}`, wantedZh: `${from} 至 ${last}` })
  }
  within('drawFrom', drawFrom, today)
  within('reviewsDueOn', reviewsDueOn, drawFrom)
}

/**
 * How many of a white list are drawn: a share of it, rounded up, or a number; where nothing is said, the share of the pack.
 * @param ofPack the share that the pack of the quarter draws; null where none does @throws DomainError BAD_INPUT
 */
export function drawsOf(
  said: { share: number | null; count: number | null },
  ofPack: number | null,
  white: number,
): number {
  const { count } = said
  const share = count === null ? (said.share ?? ofPack) : said.share
  if ((share === null) === (count === null))
    fail('BAD_INPUT', {
      ...{ field: 'count', found: count ?? '' },
      ...{
        wanted: 'either share or count; neither where the pack of the quarter has a draw',
        wantedZh: 'share 和 count 填且只填一项；本季度的考核办法规定了抽取比例的可以都不填',
      },
    })
  if (count !== null && (count < 0 || count > white))
    fail('BAD_INPUT', { field: 'count', found: count, wanted: `0 to ${white}`, wantedZh: `0 至 ${white}` })
  if (share !== null && !(share > 0 && share <= 1))
    fail('BAD_INPUT', { field: 'share', found: share, wanted: 'above 0, at most 1', wantedZh: '大于 0、不大于 1' })
  // A share is meant in decimals: 0.1 of 30 is 3, and not the 4 that 3.0000000000000004 would be.
  return count ?? Math.min(white, Math.ceil(Number(((share ?? 0) * white).toFixed(6))))
}

/** @throws DomainError DRAWN_ALREADY, DRAW_TOO_EARLY */
export function requireDrawable({ drawnAt, drawFrom }: LedgerDraw, today: string): void {
  if (drawnAt !== null) fail('DRAWN_ALREADY', { found: drawnAt.toISOString() })
  if (today < drawFrom) fail('DRAW_TOO_EARLY', { found: today, wanted: drawFrom })
}

/** What is published of a draw. */
export const recordOf = (
  { id, orgId, quarter, draws, listHash, seedHash, seed, list }: LedgerDraw,
  drawn: readonly string[],
): DrawRecord => ({
  ...{ id, committee: orgId, quarter, draws, listHash, seedHash, seed, drawn },
  white: list.split('\n').filter(line => line !== ''),
})
