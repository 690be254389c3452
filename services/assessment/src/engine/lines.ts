import type { Period } from '@linghang/rulebook'
import type { Fact, FactKind } from '../facts/fact.ts'
import type { Values } from '../packs/expressions/variables.ts'
import type { Asked } from './asked.ts'
import { factsOf, type Gathered, gather, scoresOf } from './gather.ts'
import { mendOf } from './mend.ts'
import { overlaps, type PlannedIndicator, type PlannedScale } from './plan.ts'
import type { Beside } from './remembered.ts'
import { rule } from './rulings.ts'
import type { Line, LineFact, LineState } from './sheet.ts'
import { isWithin } from './spans.ts'

/** The facts that a sheet is worked out from, by whose they are and what kind. */
export type FactsByKind = Readonly<Record<'SELF' | 'MEMBERS' | 'BELOW', ReadonlyMap<string, readonly Fact[]>>>

export const byKind = (facts: readonly Fact[]): Map<string, Fact[]> => Map.groupBy(facts, ({ kind }) => kind)

const named = ({ subjectId, orgId, day, quantity, source, kind }: Fact): LineFact => ({
  ...{ kind: kind as FactKind, subjectId, orgId, day, quantity, source },
})

const isGain = (line: PlannedIndicator): boolean => line.indicator.kind === 'BASE' || line.indicator.kind === 'PLUS'

/** What the lines of one indicator are worked out with. */
export type Measuring = {
  scale: PlannedScale
  planned: PlannedIndicator
  asked: Asked
  facts: FactsByKind
}

const besideOf = ({ asked }: Measuring, span: Period): Beside => ({
  subject: asked.subject,
  period: { over: span.until < asked.asOf, months: monthsOfSpan(span) },
})
const monthsOfSpan = ({ from, until }: Period): number =>
  (Number(until.slice(0, 4)) - Number(from.slice(0, 4))) * 12 + Number(until.slice(5, 7)) - Number(from.slice(5, 7)) + 1

/** Whether the subject is left out of the indicator in the span (R10). */
function isExempt({ scale, planned, asked }: Measuring, span: Period): boolean {
  return scale.scale.exemptions.some(
    ({ effect, reason, indicators }) =>
      effect === 'NOT_COUNTED' &&
      (indicators === undefined || indicators.includes(planned.indicator.key)) &&
      asked.subject.exemptions.some(one => one.reason === reason && overlaps(one, span)),
  )
}

const blank = (measuring: Measuring, key: string, span: Period) => ({
  ...{ key, indicator: measuring.planned.indicator.key, span, carried: false, adjusted: null, mend: null },
})

function lineOf(
  measuring: Measuring,
  key: string,
  span: Period,
  found: { state: LineState; points: number; facts: readonly Fact[]; carried?: boolean },
): Line {
  const line: Line = {
    ...blank(measuring, key, span),
    ...{ state: found.state, points: found.points, counted: 0, facts: found.facts.map(named) },
    carried: found.carried ?? false,
  }
  return rule(line, measuring.planned.indicator.kind, measuring.asked.rulings)
}

const factsRead = ({ planned, facts }: Measuring): readonly Fact[] =>
  planned.reads === null ? [] : (facts[planned.reads.of].get(planned.reads.kind) ?? [])

/** A line for each fact that counts. */
function linesOfFacts(measuring: Measuring): Line[] {
  const { planned, asked } = measuring
  const [span] = planned.spans as [Period]
  const beside = besideOf(measuring, span)
  const { counting } = gather(factsRead(measuring), span, planned.where, beside)
  return counting.flatMap(fact => {
    const day = { from: fact.day, until: fact.day }
    const values = { ...beside, facts: factsOf({ counting: [fact], total: 1 }), fact }
    const points = planned.points(values)
    if (points <= 0) return []
    const exempt = !isGain(planned) && isExempt(measuring, day)
    const { source, subjectId, attributes } = fact
    // One record may say several things of one day: two steps of a case, two findings of an organisation.
    const what = attributes.step ?? attributes.finding ?? attributes.matter
    const whose = subjectId === asked.subject.id ? '' : `/${subjectId}`
    const key = `${planned.indicator.key}/${fact.day}/${source.type}/${source.id}${whose}${what === undefined ? '' : `/${what}`}`
    const state = exempt ? 'EXEMPT' : isGain(planned) ? 'COUNTED' : 'PROPOSED'
    return [lineOf(measuring, key, day, { state, points: isGain(planned) ? points : -points, facts: [fact] })]
  })
}

/** The last fact before a span that counts, where the indicator carries it over (S0-18). */
function carried(measuring: Measuring, span: Period, beside: Beside): Gathered | null {
  const { planned } = measuring
  if (!planned.indicator.carry) return null
  const earlier = factsRead(measuring).filter(
    fact => fact.day < span.from && (planned.where === null || planned.where(beside, fact)),
  )
  const last = earlier.at(-1)
  return last ? { counting: [last], total: 1 } : null
}

function judge(measuring: Measuring, span: Period): Line | null {
  const { planned, asked } = measuring
  const { indicator } = planned
  const key = `${indicator.key}/${span.from}`
  const over = span.until < asked.asOf
  const beside = besideOf(measuring, span)
  const own = gather(factsRead(measuring), span, planned.where, beside)
  const kept = own.counting.length === 0 ? carried(measuring, span, beside) : null
  const gathered = kept ?? own
  const below =
    'scores' in indicator.reads ? (indicator.reads.scores === 'MEMBERS' ? asked.members : asked.below) : null
  const known = below === null ? gathered.total > 0 || indicator.absence === 'COUNTS' : below.scores.length > 0
  const at = (values: Pick<Values, 'facts' | 'scores'>): number => planned.points({ ...beside, ...values })
  const points = at(below === null ? { facts: factsOf(gathered) } : { scores: scoresOf(below) })
  const found = { facts: gathered.counting, carried: kept !== null }
  const mend = () =>
    below !== null
      ? null
      : mendOf({ now: points, gains: isGain(planned), by: span.until, at: more => at({ facts: factsOf(own, more) }) })
  const line = (state: LineState, signed: number) => lineOf(measuring, key, span, { ...found, state, points: signed })

  if (isGain(planned)) {
    // An exemption never takes what was earned: who is ill and comes all the same has come.
    if (points > 0) return line('COUNTED', points)
    if (isExempt(measuring, span)) return line('EXEMPT', 0)
    if (span.from < asked.subject.knownFrom && gathered.total === 0) return line('NOT_KNOWN', 0)
    if (!over) return { ...line('OPEN', 0), mend: mend() }
    return line(known ? 'NOT_MET' : 'NOT_KNOWN', 0)
  }
  if (points === 0) return null
  if (isExempt(measuring, span)) return line('EXEMPT', 0)
  if (!known || span.from < asked.subject.knownFrom) return line('NOT_KNOWN', 0)
  // What is missing may still be done: nothing is taken before the span is over.
  return over ? line('PROPOSED', -points) : { ...line('OPEN', -points), mend: mend() }
}

/** The lines of an indicator through the end of the period, in the order in which a cap takes them. */
export const linesOf = (measuring: Measuring): Line[] =>
  measuring.planned.indicator.per === 'FACT'
    ? linesOfFacts(measuring)
    : measuring.planned.spans.flatMap(span => judge(measuring, span) ?? [])

/** Whether a line stands in the sheet of a period: that in which its span ends. */
export const standsIn = (line: Line, period: Period): boolean => isWithin(line.span.until, period)
