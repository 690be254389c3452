import type { Plan } from '../../engine/plan.ts'
import { reachOf } from '../../engine/spans.ts'
import type { FactKind } from '../../facts/fact.ts'

/** What a plan reads beside a subject's own facts of the period, so that nothing else is fetched. */
export type Needs = {
  membersKinds: FactKind[]
  belowKinds: FactKind[]
  members: boolean
  below: boolean
  above: boolean
  /** Whether an expression asks how many people an organisation has. */
  people: boolean
  /** Whether a light depends on what it was in the period before. */
  litBefore: boolean
  /** From which day on facts are read: as far back as caps, what is carried over and lights do. */
  from: string
}

function earliest({ scales, period }: Plan): string {
  const looksFarBack = scales.some(
    ({ scale, lights }) => lights.some(({ missed }) => missed !== null) || scale.indicators.some(({ carry }) => carry),
  )
  if (looksFarBack) return reachOf(period).from
  const spans = scales.flatMap(({ indicators }) => indicators.flatMap(({ spans: own }) => own))
  return spans.reduce((first, { from }) => (from < first ? from : first), period.from)
}

export function needsOf(plan: Plan): Needs {
  const { scales } = plan
  const reads = scales.flatMap(({ indicators, lights }) => [
    ...indicators.flatMap(({ reads: one }) => one ?? []),
    ...lights.flatMap(({ light }) => ('missed' in light.by ? [light.by.reads] : [])),
  ])
  const kindsOf = (of: 'MEMBERS' | 'BELOW') => [
    ...new Set(reads.filter(one => one.of === of).map(({ kind }) => kind as FactKind)),
  ]
  const scores = scales.flatMap(({ scale }) =>
    scale.indicators.flatMap(({ reads: one }) => ('scores' in one ? [one.scores] : [])),
  )
  const lit = scales.some(({ scale }) => scale.lights.some(({ by }) => 'lit' in by))
  return {
    membersKinds: kindsOf('MEMBERS'),
    belowKinds: kindsOf('BELOW'),
    members: lit || scores.includes('MEMBERS'),
    below: scores.includes('BELOW'),
    litBefore: scales.some(({ scale }) => scale.lights.some(({ by }) => 'score' in by)),
    from: earliest(plan),
    people: scales.some(({ scale }) => JSON.stringify(scale).includes('subject.people')),
    above: scales.some(({ scale }) => scale.subject === 'ABOVE'),
  }
}
