import type { Period } from '@linghang/rulebook'
import type { Fact } from '../facts/fact.ts'
import type { Values } from '../packs/expressions/variables.ts'
import type { Below } from './asked.ts'
import type { Beside, Counts } from './remembered.ts'
import { isWithin } from './spans.ts'

/** The facts of a span, and those of them that count. */
export type Gathered = { counting: Fact[]; total: number }

/** What counts by a day: what is still to be done by its day is missed once that day is over, and not before. */
export const isBy =
  (asOf: string) =>
  ({ day, attributes }: Fact): boolean =>
    attributes.outcome !== 'OPEN' || day < asOf

/** @param facts in the order of their days */
export function gather(facts: readonly Fact[], span: Period, where: Counts | null, beside: Beside): Gathered {
  const counting: Fact[] = []
  let total = 0
  for (const fact of facts) {
    if (!isWithin(fact.day, span)) continue
    total += 1
    if (where === null || where(beside, fact)) counting.push(fact)
  }
  return { counting, total }
}

/** What an expression is told of what was gathered; with `more`, as if it had happened so many times more. */
export function factsOf({ counting, total }: Gathered, more = 0): NonNullable<Values['facts']> {
  const sum = counting.reduce((all, { quantity }) => all + quantity, 0)
  return {
    count: counting.length + more,
    total: total + more,
    sum: sum + more * once,
    latest: more > 0 ? once : (counting.at(-1)?.quantity ?? 0),
  }
}
const once = 100

/** What an expression is told of the scores of those below. */
export function scoresOf({ scores, of }: Below): NonNullable<Values['scores']> {
  const sum = scores.reduce((all, one) => all + one, 0)
  return {
    count: scores.length,
    mean: scores.length === 0 ? 0 : sum / scores.length,
    share: of === 0 ? 0 : scores.length / of,
  }
}

/** Points that a pack states, in hundredths. */
export const hundredths = (points: number): number =>
  // Written out to four decimals first: 1.005 in binary is a little less than it says.
  Math.round(Number((points * 100).toFixed(4)))
