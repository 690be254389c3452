import type { Scale } from '../packs/documents/pack.ts'
import type { Asked } from './asked.ts'
import { hundredths, isBy } from './gather.ts'
import { lightsOf } from './lights.ts'
import { byKind, type FactsByKind, linesOf, standsIn } from './lines.ts'
import { covers, type Plan, type PlannedIndicator, type PlannedScale, scaleFor } from './plan.ts'
import type { Line, Sheet } from './sheet.ts'
import { isWithin } from './spans.ts'

/** Gives each line what the indicator's cap leaves for it, the earlier first. */
function cap(lines: Line[], most: number | undefined): Line[] {
  let left = most === undefined ? Number.POSITIVE_INFINITY : hundredths(most)
  return lines.map(line => {
    if (line.state !== 'COUNTED') return line
    const size = Math.min(Math.abs(line.points), left)
    left -= size
    return { ...line, counted: line.points < 0 ? 0 - size : size }
  })
}

function clamp(value: number, floor: number | undefined, most: number | undefined): number {
  const atLeast = floor === undefined ? value : Math.max(hundredths(floor), value)
  return most === undefined ? atLeast : Math.min(hundredths(most), atLeast)
}

/** A share of points, half a hundredth away from nothing. */
const weighed = (points: number, weight: number): number =>
  (points < 0 ? -1 : 1) * Math.round(Number((Math.abs(points) * weight).toFixed(4)))

const groupOf = ({ scale }: PlannedScale) => {
  const of = new Map(scale.indicators.map(indicator => [indicator.key, indicator.group]))
  return (line: Line) => of.get(line.indicator)
}

/** What could be had of an indicator, were everything done that is known and counts for the subject. */
function attainableOf({ indicator, share }: PlannedIndicator, lines: readonly Line[]): number {
  if (indicator.kind !== 'BASE' || indicator.cap === undefined) return 0
  const left = lines.filter(({ state }) => state !== 'NOT_KNOWN' && state !== 'EXEMPT').length
  const all = hundredths(indicator.cap) * (indicator.per === 'FACT' ? 1 : lines.length === 0 ? 0 : left / lines.length)
  return Math.round(indicator.capPer === 'YEAR' && share.of > 0 ? (all * share.in) / share.of : all)
}

function gradeOf(scale: Scale, score: number, vetoed: boolean): string | null {
  if (vetoed) return scale.grades.at(-1)?.key ?? null
  return scale.grades.find(({ from }) => from === null || score >= hundredths(from))?.key ?? null
}

/**
 * The score of a subject in the plan's period with its whole derivation, from nothing but what is asked with: the same input
 * gives the same sheet.
 * @returns null for whom the pack has no scale, who is exempt through the whole period, and of whom nothing is known in it (R10)
 */
export function score(plan: Plan, asked: Asked): Sheet | null {
  const { subject } = asked
  const planned = scaleFor(plan, subject)
  if (planned === null) return null
  const { scale } = planned
  const unscored = scale.exemptions.filter(({ effect }) => effect === 'NOT_SCORED').map(({ reason }) => reason)
  if (subject.exemptions.some(one => unscored.includes(one.reason) && covers(one, plan.period))) return null
  const isKnown = subject.knownFrom <= plan.period.until || asked.facts.some(({ day }) => isWithin(day, plan.period))
  if (!isKnown) return null

  const counts = isBy(asked.asOf)
  const facts: FactsByKind = {
    SELF: byKind(asked.facts.filter(counts)),
    MEMBERS: byKind(asked.factsOfMembers.filter(counts)),
    BELOW: byKind(asked.factsBelow.filter(counts)),
  }
  const measured = planned.indicators.map(indicator => {
    const all = linesOf({ scale: planned, planned: indicator, asked, facts })
    const shown = cap(all, indicator.indicator.cap).filter(line => standsIn(line, plan.period))
    return { indicator, shown }
  })
  const lines = measured.flatMap(({ shown }) => shown)
  const of = groupOf(planned)
  const groups = scale.groups.map(({ key, weight, floor, cap: most }) => {
    const points = lines.filter(line => of(line) === key).reduce((all, { counted }) => all + counted, 0)
    return { key, points, counted: clamp(weighed(points, weight), floor, most) }
  })
  const total = groups.reduce((all, { counted }) => all + counted, hundredths(scale.base))
  const points = clamp(total, scale.floor, scale.cap)
  const attainable = scale.groups.reduce((all, group) => {
    const own = measured.filter(({ indicator }) => indicator.indicator.group === group.key)
    const most = own.reduce((sum, { indicator, shown }) => sum + attainableOf(indicator, shown), 0)
    return all + clamp(weighed(most, group.weight), undefined, group.cap)
  }, hundredths(scale.base))
  const vetoed = lines.some(
    line => line.state === 'COUNTED' && scale.indicators.find(({ key }) => key === line.indicator)?.kind === 'VETO',
  )
  const most = clamp(attainable, undefined, scale.cap)
  const unknown = scale.cap === undefined ? 0 : hundredths(scale.cap) - most
  const { lights, litMonths } = lightsOf({ planned, asked, facts, score: points, unknown, period: plan.period })
  return {
    ...{ subjectType: subject.type, subjectId: subject.id, orgId: subject.orgId, period: plan.period },
    ...{ pack: { key: plan.pack.key, version: plan.pack.version }, scale: scale.key },
    ...{ lines, groups, score: points, attainable: most },
    ...{ grade: gradeOf(scale, points, vetoed), lights, litMonths },
  }
}
