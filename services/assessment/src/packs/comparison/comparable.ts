import type { Indicator, PackDocument, PackIndex, Scale } from '../documents/pack.ts'

/** What several packs count alike: a score, an index or an indicator, and by which scale each of them counts it. */
export type Measure = {
  part: 'SCORE' | 'INDEX' | 'INDICATOR'
  /** Whose sheets it goes over. */
  subject: Scale['subject']
  key: string
  title: string
  combine: PackIndex['combine']
  /** The key of the scale in each pack, in the order of the packs; of an index the empty text. */
  scales: string[]
}
export type Comparable = {
  /** Whether they make sheets for the same time; what was counted over a quarter says nothing beside what was over a year. */
  samePeriod: boolean
  measures: Measure[]
  /** What of each pack is left out, by title, in the order of the packs. */
  leftOut: string[][]
}

/** The same for the same content, whatever the order in which fields were written. */
const canonical = (value: unknown): string =>
  JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  )

const scalesOf = (pack: PackDocument, of: Scale['subject']) => pack.scales.filter(({ subject }) => subject === of)

/** What the scores are worked out by on which an indicator rests: it counts alike only where they do. */
function scoresBelow(pack: PackDocument, { subject }: Scale, { reads }: Indicator): string[] {
  if (!('scores' in reads)) return []
  const of = reads.scores === 'MEMBERS' ? 'MEMBER' : 'BRANCH'
  // Nothing is scored by what is scored by itself.
  return of === subject ? [] : scalesOf(pack, of).map(scale => scoreRule(pack, scale))
}

/** What an indicator is called and where it stands changes no number; what it reads, of whom, when, for how much does. */
function ruleOf(pack: PackDocument, scale: Scale, indicator: Indicator): string {
  const { title: _title, basis: _basis, remedy: _remedy, group: _group, ...rule } = indicator
  const exemptions = scale.exemptions
    .filter(({ indicators }) => indicators === undefined || indicators.includes(rule.key))
    .map(({ indicators: _indicators, ...exemption }) => canonical(exemption))
    .sort()
  const below = scoresBelow(pack, scale, indicator)
  return canonical({ subject: scale.subject, for: scale.for ?? null, rule, exemptions, below })
}

const rulesOf = (pack: PackDocument, scale: Scale, is: (indicator: Indicator) => boolean): string[] =>
  scale.indicators
    .filter(is)
    .map(one => ruleOf(pack, scale, one))
    .sort()

const groupRules = (pack: PackDocument, scale: Scale, is: (key: string) => boolean): string[] =>
  scale.groups
    .filter(({ key }) => is(key))
    .map(({ title: _title, ...group }) =>
      canonical({ group, indicators: rulesOf(pack, scale, one => one.group === group.key) }),
    )
    .sort()

/** The whole of what a scale comes to; lights and grades are told beside a score and change none. */
function scoreRule(pack: PackDocument, scale: Scale): string {
  const { subject, base, floor = null, cap = null } = scale
  const groups = groupRules(pack, scale, () => true)
  return canonical({ subject, for: scale.for ?? null, base, floor, cap, groups })
}

function indexRule(pack: PackDocument, { key, of, combine, from }: PackIndex): string {
  const rules = scalesOf(pack, of).map(scale =>
    'score' in from
      ? scoreRule(pack, scale)
      : 'groups' in from
        ? groupRules(pack, scale, one => from.groups.includes(one))
        : rulesOf(pack, scale, one => from.indicators.includes(one.key)),
  )
  return canonical({ key, of, combine, rules })
}

type Counted = Omit<Measure, 'scales'> & { scale: string; rule: string }

function countedBy(pack: PackDocument): Counted[] {
  const mean = { combine: 'MEAN' as const }
  return [
    ...pack.scales.map((scale): Counted => {
      const { subject, key, title } = scale
      return { part: 'SCORE', subject, key: subject, title, ...mean, scale: key, rule: scoreRule(pack, scale) }
    }),
    ...pack.indices.map((index): Counted => {
      const { of, key, title, combine } = index
      return { part: 'INDEX', subject: of, key, title, combine, scale: '', rule: indexRule(pack, index) }
    }),
    ...pack.scales.flatMap(scale =>
      scale.indicators.map((indicator): Counted => {
        const { key, title } = indicator
        const rule = ruleOf(pack, scale, indicator)
        return { part: 'INDICATOR', subject: scale.subject, key, title, ...mean, scale: scale.key, rule }
      }),
    ),
  ]
}

/**
 * What packs count alike, by which alone counties on different packs may stand side by side: an indicator of the same key that
 * reads the same facts of the same people by the same expressions, an index that is made of nothing but such, a whole score
 * where the whole scale is the same. Everything else is left out, and told.
 */
export function comparable(packs: readonly PackDocument[]): Comparable {
  const samePeriod = new Set(packs.map(({ period }) => period)).size <= 1
  const all = packs.map(countedBy)
  const [first = [], ...others] = all
  const measures = !samePeriod
    ? []
    : first.flatMap(({ scale, rule, ...measure }): Measure[] => {
        const found = others.map(
          counted => counted.find(one => one.part === measure.part && one.rule === rule)?.scale ?? null,
        )
        return found.includes(null) ? [] : [{ ...measure, scales: [scale, ...(found as string[])] }]
      })
  const leftOut = all.map((counted, place) =>
    counted
      .filter(({ part }) => part !== 'SCORE')
      .filter(
        one =>
          !measures.some(
            ({ part, key, scales }) => part === one.part && key === one.key && scales[place] === one.scale,
          ),
      )
      .map(({ title }) => title),
  )
  return { samePeriod, measures, leftOut }
}
