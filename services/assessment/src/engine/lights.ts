import { addDays, type Period } from '@linghang/rulebook'
import type { Asked } from './asked.ts'
import { factsOf, gather, hundredths } from './gather.ts'
import type { FactsByKind } from './lines.ts'
import { overlaps, type PlannedLight, type PlannedScale } from './plan.ts'
import type { Lit } from './sheet.ts'
import { monthsOver } from './spans.ts'

type Judged = {
  planned: PlannedScale
  asked: Asked
  facts: FactsByKind
  score: number
  /** What the scale could give more, were everything known: nobody is lit for what nobody knows (R10). */
  unknown: number
  period: Period
}

/** Whether a month counts against or for the light; null where nothing is known or asked of it. */
type Month = { from: string; until: string; bad: boolean | null }

/**
 * On after so many bad months in a row and off after so many good ones: a light that changes with every month tells nobody
 * anything. A month of which nothing is known changes nothing.
 */
function follow(months: readonly Month[], on: number, off: number) {
  let [bad, good] = [0, 0]
  let since: string | null = null
  const lit: string[] = []
  for (const month of months) {
    if (month.bad !== null) {
      bad = month.bad ? bad + 1 : 0
      good = month.bad ? 0 : good + 1
      if (since === null && bad >= on) since = addDays(month.until, 1)
      else if (since !== null && good >= off) since = null
    }
    if (since !== null) lit.push(month.from)
  }
  return { since, lit: lit.reverse() }
}

const monthsFor = ({ asked, period }: Judged): readonly Period[] =>
  monthsOver(asked.asOf <= period.until ? asked.asOf : addDays(period.until, 1))

/** Missed in a month: what the light's expression says of the facts of that month. */
function missed(judged: Judged, { light, where, missed: isMissed }: PlannedLight) {
  if (!('missed' in light.by)) return null
  const { reads, on, off } = light.by
  const { asked } = judged
  const facts = Map.groupBy(judged.facts[reads.of].get(reads.kind) ?? [], ({ day }) => day.slice(0, 7))
  const months = monthsFor(judged).map(month => {
    const known = month.from >= asked.subject.knownFrom
    const exempt = asked.subject.exemptions.some(one => overlaps(one, month))
    const beside = { subject: asked.subject, period: { over: true, months: 1 } }
    const values = { ...beside, facts: factsOf(gather(facts.get(month.from.slice(0, 7)) ?? [], month, where, beside)) }
    return { ...month, bad: known && !exempt ? isMissed?.(values) === true : null }
  })
  return follow(months, on, off)
}

/** A share of the members that were lit in a month: on from one share, off below another, as it was in between. */
function shareLit(judged: Judged, { light }: PlannedLight) {
  if (!('lit' in light.by)) return null
  const { lit: colour, on, off } = light.by
  const { members, subject } = judged.asked
  const { of } = members
  let since: string | null = null
  const lit: string[] = []
  for (const month of monthsFor(judged)) {
    const share = of === 0 ? 0 : (members.lit[colour]?.[month.from] ?? 0) / of
    if (month.from >= subject.knownFrom && of > 0) {
      if (since === null && share >= on) since = addDays(month.until, 1)
      else if (since !== null && share < off) since = null
    }
    if (since !== null) lit.push(month.from)
  }
  return { since, lit: lit.reverse() }
}

/**
 * Below a score, until it is above the one at which the light goes out; in between as it was in the period before. Of a period
 * that is not over the score is still growing: until then the light stays as it was.
 */
function byScore({ score, unknown, asked, period }: Judged, { light }: PlannedLight) {
  if (!('score' in light.by)) return null
  const before = asked.litBefore.find(({ key }) => key === light.key)
  const atMost = score + unknown
  const isOver = period.until < asked.asOf
  const isLow = atMost < hundredths(light.by.below) || (before !== undefined && atMost < hundredths(light.by.off))
  if (!(isOver ? isLow : before !== undefined)) return { since: null, lit: [] }
  return { since: before?.since ?? addDays(period.until, 1), lit: [] }
}

/** Which lights are on, and in which months they were. */
export function lightsOf(judged: Judged): { lights: Lit[]; litMonths: Record<string, string[]> } {
  const lights: Lit[] = []
  const litMonths: Record<string, string[]> = {}
  for (const planned of judged.planned.lights) {
    const { key, colour } = planned.light
    const found = missed(judged, planned) ?? shareLit(judged, planned) ?? byScore(judged, planned)
    if (!found) continue
    if (found.since !== null) lights.push({ key, colour, since: found.since })
    const months = new Set([...(litMonths[colour] ?? []), ...found.lit])
    litMonths[colour] = [...months].sort().reverse()
  }
  return { lights, litMonths }
}
