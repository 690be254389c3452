import type { IndicatorKind } from '../packs/documents/pack.ts'
import type { Ruling } from './asked.ts'
import type { Line } from './sheet.ts'

/** On what a line rests: whoever decides of it decides of these versions and of no later ones. */
export const basisOf = ({ facts }: Pick<Line, 'facts'>): string[] => [
  ...new Set(facts.map(({ subjectId, source }) => `${source.type}/${source.id}/${source.version}/${subjectId}`)),
]

const same = (one: readonly string[], other: readonly string[]): boolean =>
  one.length === other.length && one.every((value, i) => value === other[i])

type Decided = Pick<Ruling, 'lineKey' | 'proposed' | 'basis'>
type DecidedOf = Pick<Line, 'key' | 'points' | 'adjusted' | 'facts'>

const holds = (ruling: Decided, { adjusted, ...line }: DecidedOf): boolean =>
  ruling.lineKey === line.key &&
  ruling.proposed === (adjusted?.from ?? line.points) &&
  same(ruling.basis, basisOf(line))

/** By which of these a line stands: the last one that was decided of what it still rests on. @param rulings in their order */
export const standingOf = <R extends Decided>(line: DecidedOf, rulings: readonly R[]): R | null =>
  rulings.findLast(one => holds(one, line)) ?? null

/**
 * What an office has decided of the line, where it still rests on what was decided about: a fact that was corrected makes a
 * deduction a proposal again. @param rulings in the order in which they were decided; the last one counts
 */
export function rule(line: Line, kind: IndicatorKind, rulings: readonly Ruling[]): Line {
  const ruling = standingOf(line, rulings)
  if (!ruling || ruling.kind === 'TAKEN_BACK') return line
  if (ruling.kind === 'ADJUSTED')
    return {
      ...line,
      state: 'COUNTED',
      points: ruling.points ?? line.points,
      adjusted: { from: line.points, reason: ruling.reason },
    }
  if (line.state !== 'PROPOSED' || kind === 'BASE' || kind === 'PLUS') return line
  return { ...line, state: ruling.kind === 'CONFIRMED' ? 'COUNTED' : 'DISMISSED' }
}
