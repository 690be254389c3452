import type { ReviewItem } from '../draws/items.ts'
import { fail } from './errors.ts'

export const reviewStates = ['TO_JUDGE', 'JUDGED', 'RETURNED', 'LOCKED', 'PUBLISHED'] as const
export type ReviewState = (typeof reviewStates)[number]

/** What one item got, in hundredths of a point. */
export type Score = { key: string; points: number; remark: string | null }

/** What is written of a ledger that was drawn: the committee's own until it is published. */
export type Review = {
  id: string
  /** The committee. */
  orgId: string
  branchId: string
  drawId: string
  state: ReviewState
  version: number
  correction: string | null
  scores: Score[]
  points: number
  remark: string | null
  judgedBy: string | null
  judgedAt: Date | null
  readBy: string | null
  readAt: Date | null
  returnReason: string | null
  publishedBy: string | null
  publishedAt: Date | null
}

/** A version that was published: the branch's. */
export type Published = {
  reviewId: string
  version: number
  orgId: string
  committeeId: string
  drawId: string
  quarter: string
  list: 'BLACK' | 'WHITE'
  scores: Score[]
  points: number
  most: number
  remark: string | null
  correction: string | null
  publishedAt: Date
}

export const reviewLimits = { remark: 2_000, itemRemark: 500, reason: 500, versions: 20 } as const

/** Which states each step begins in. */
const begins = {
  judge: ['TO_JUDGE', 'JUDGED', 'RETURNED'],
  read: ['JUDGED'],
  publish: ['LOCKED'],
  correct: ['PUBLISHED'],
} as const satisfies Record<string, readonly ReviewState[]>

/** @throws DomainError REVIEW_STATE */
export function requireState({ state }: Pick<Review, 'state'>, step: keyof typeof begins): void {
  const wanted: readonly ReviewState[] = begins[step]
  if (!wanted.includes(state)) fail('REVIEW_STATE', { found: state, wanted: wanted.join(', ') })
}

/** Another reads it than has judged it. @throws DomainError REVIEW_SAME_READER */
export function requireSecond({ judgedBy }: Pick<Review, 'judgedBy'>, reader: string): void {
  if (judgedBy === reader) fail('REVIEW_SAME_READER')
}

/**
 * Each item once, each with 0 to what it has at most, in whole hundredths. @returns in the order of the items
 * @throws DomainError BAD_INPUT
 */
export function requireScores(given: readonly Score[], items: readonly ReviewItem[]): Score[] {
  const keys = items.map(({ key }) => key)
  const found = given.map(({ key }) => key)
  if (found.length !== keys.length || new Set(found).size !== keys.length || keys.some(key => !found.includes(key)))
    fail('BAD_INPUT', {
      ...{ field: 'scores', found: found.join(', ').slice(0, 200) },
      ...{ wanted: `each of ${keys.join(', ')} once`, wantedZh: `${keys.join('、')} 各一次` },
    })
  return items.map(({ key, most }) => {
    const score = given.find(one => one.key === key) as Score
    if (Number.isInteger(score.points) && score.points >= 0 && score.points <= most) return score
    return fail('BAD_INPUT', {
      ...{ field: `scores.${key}.points`, found: score.points / 100 },
      ...{ wanted: `0 to ${most / 100}, two decimals`, wantedZh: `0 至 ${most / 100}，至多两位小数` },
    })
  })
}

/** Points of the API in hundredths; what has more decimals stays a fraction, and is refused where it is judged. */
export const inHundredths = (points: number): number => Number((points * 100).toFixed(6))

export const sumOf = (points: readonly number[]): number => points.reduce((sum, one) => sum + one, 0)
