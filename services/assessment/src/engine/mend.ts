import type { Mend } from './sheet.ts'

const moreAtMost = 12

/**
 * How many more of it would change what a span gives, and by how many points: for what is missing, the first number that gives
 * any; for what is going to be taken, the first that takes less.
 * @param at the points with so many more
 */
export function mendOf({
  now,
  gains,
  by,
  at,
}: {
  now: number
  gains: boolean
  by: string
  at(more: number): number
}): Mend | null {
  for (let more = 1; more <= moreAtMost; more++) {
    const then = at(more)
    if (gains ? then > now : then < now) return { more, points: Math.abs(then - now), by }
  }
  return null
}
