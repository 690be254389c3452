import type { Period } from '@linghang/rulebook'
import type { FactKind } from '../facts/fact.ts'
import type { Indicator, Light, PackDocument, Scale } from '../packs/documents/pack.ts'
import { conditionOf, pointsOf } from '../packs/expressions/expression.ts'
import type { Values } from '../packs/expressions/variables.ts'
import type { Exemption, Subject } from './asked.ts'
import { type Counts, rememberedFact, rememberedSpan } from './remembered.ts'
import { type Stretch, stretchAt, stretchesEndingIn } from './spans.ts'

export type PackInForce = { key: string; version: number; document: PackDocument }
/** Expressions of a pack, compiled: a condition, and points in hundredths. */
export type Condition = (values: Values) => boolean
export type Points = (values: Values) => number
export type Reads = Extract<Indicator['reads'], { kind: string }>

/** An indicator ready to be worked out for many subjects: its expressions compiled, its spans known. */
export type PlannedIndicator = {
  indicator: Indicator
  reads: Reads | null
  where: Counts | null
  /** Points of a span, none where the condition is not met; of a line a fact, of that fact. */
  points: Points
  /** All that the cap has to count, through the period's end; where each fact is a line, the one stretch of days. */
  spans: readonly Period[]
  /** How many of the spans that the cap is for the period has. */
  share: { of: number; in: number }
}

export type PlannedLight = { light: Light; where: Counts | null; missed: Condition | null }

export type PlannedScale = {
  scale: Scale
  fits: Condition | null
  indicators: readonly PlannedIndicator[]
  lights: readonly PlannedLight[]
}

/** A pack made ready for one period. */
export type Plan = { pack: PackInForce; period: Period; scales: readonly PlannedScale[] }

const stretchOf = ({ per }: Indicator, period: PackDocument['period']): Stretch | null =>
  per === 'FACT' ? null : per === 'PERIOD' ? period : per

function planIndicator(indicator: Indicator, document: PackDocument, period: Period): PlannedIndicator {
  const reads = 'kind' in indicator.reads ? indicator.reads : null
  const year = stretchAt('YEAR', period.until)
  const ofYear = indicator.capPer === 'YEAR' && year.from < period.from
  const counted = ofYear ? { from: year.from, until: period.until } : period
  const stretch = stretchOf(indicator, document.period)
  const spansIn = (one: Period) => (stretch === null ? monthsIn(one) : stretchesEndingIn(stretch, one))
  return {
    ...{ indicator, reads, spans: stretch === null ? [counted] : spansIn(counted) },
    where: reads === null ? null : whereOf(reads),
    points: pointsFor(indicator, reads),
    share: { in: spansIn(period).length, of: spansIn(indicator.capPer === 'YEAR' ? year : period).length },
  }
}

const whereOf = ({ kind, where }: Reads): Counts | null =>
  where === undefined ? null : rememberedFact(where, conditionOf(where, { for: 'WHERE', factKind: kind as FactKind }))

function pointsFor({ when, points, per }: Indicator, reads: Reads | null): Points {
  const factKind = reads === null ? {} : { factKind: reads.kind as FactKind }
  const applies = when === undefined ? null : conditionOf(when, { for: 'WHEN', ...factKind })
  const each = per === 'FACT'
  const worth = pointsOf(points, { for: 'POINTS', each, ...factKind })
  const at = (values: Values): number => {
    // Without a condition it takes at least one that counts.
    const isMet = applies === null ? values.facts?.count !== 0 : applies(values)
    return isMet ? worth(values) : 0
  }
  return each ? at : rememberedSpan([when ?? '', points], at)
}

const monthsIn = (period: Period) => stretchesEndingIn('MONTH', period)

function planLight(light: Light): PlannedLight {
  const { by } = light
  if (!('missed' in by)) return { light, where: null, missed: null }
  const { reads, missed } = by
  return {
    light,
    where: whereOf(reads),
    missed: rememberedSpan([missed], conditionOf(missed, { for: 'MISSED', factKind: reads.kind as FactKind })),
  }
}

/** Compiled once for all subjects of a period. A published pack compiles. */
export const planOf = (pack: PackInForce, period: Period): Plan => ({
  pack,
  period,
  scales: pack.document.scales.map(scale => ({
    scale,
    fits: scale.for === undefined ? null : conditionOf(scale.for, { for: 'SUBJECT' }),
    indicators: scale.indicators.map(indicator => planIndicator(indicator, pack.document, period)),
    lights: scale.lights.map(planLight),
  })),
})

/** Which scale a subject is measured by: its own where an exemption gives it one, else the first that fits; null: none. */
export function scaleFor(plan: Plan, subject: Subject): PlannedScale | null {
  const first = plan.scales.find(
    ({ scale, fits }) => scale.subject === subject.is && (fits === null || fits({ subject })),
  )
  const own = first?.scale.exemptions.find(
    ({ effect, reason }) =>
      effect === 'OWN_SCALE' && subject.exemptions.some(one => one.reason === reason && overlaps(one, plan.period)),
  )
  return (own && plan.scales.find(({ scale }) => scale.key === own.scale)) ?? first ?? null
}

/** Whether an exemption holds on any day of a span. */
export const overlaps = ({ from, until }: Pick<Exemption, 'from' | 'until'>, span: Period): boolean =>
  from <= span.until && (until === null || until >= span.from)

/** Whether it holds through the whole span. */
export const covers = ({ from, until }: Pick<Exemption, 'from' | 'until'>, span: Period): boolean =>
  from <= span.from && (until === null || until >= span.until)
