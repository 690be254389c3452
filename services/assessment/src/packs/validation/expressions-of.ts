import type { FactKind } from '../../facts/fact.ts'
import { factKinds } from '../../facts/kinds/fact-kinds.ts'
import type { Indicator, Light, PackDocument } from '../documents/pack.ts'
import { problemOf } from '../expressions/expression.ts'
import type { ExpressionUse } from '../expressions/variables.ts'
import { type Finding, wrong } from './finding.ts'

type Found = { path: string; expression: string | undefined; use: ExpressionUse }

const isKind = (kind: string): kind is FactKind => Object.hasOwn(factKinds, kind)

function ofIndicator(path: string, { reads, per, when, points }: Indicator): Found[] {
  // Of a kind that is not known nothing can be said: that it is not is told by itself.
  if ('kind' in reads && !isKind(reads.kind)) return []
  const over = 'kind' in reads ? { factKind: reads.kind as FactKind } : {}
  return [
    ...('kind' in reads
      ? [
          {
            path: `${path}.reads.where`,
            expression: reads.where,
            use: { for: 'WHERE', factKind: reads.kind as FactKind } as const,
          },
        ]
      : []),
    { path: `${path}.when`, expression: when, use: { for: 'WHEN', ...over } },
    { path: `${path}.points`, expression: points, use: { for: 'POINTS', each: per === 'FACT', ...over } },
  ]
}

function ofLight(path: string, { by }: Light): Found[] {
  if (!('missed' in by) || !isKind(by.reads.kind)) return []
  const { kind, where } = by.reads
  return [
    { path: `${path}.by.reads.where`, expression: where, use: { for: 'WHERE', factKind: kind } },
    { path: `${path}.by.missed`, expression: by.missed, use: { for: 'MISSED', factKind: kind } },
  ]
}

/** Expressions of a document that cannot be read, are of the wrong type or beyond the bounds. */
export function expressionsOf({ scales }: PackDocument): Finding[] {
  const all = scales.flatMap((scale, s): Found[] => [
    { path: `scales[${s}].for`, expression: scale.for, use: { for: 'SUBJECT' } },
    ...scale.indicators.flatMap((indicator, i) => ofIndicator(`scales[${s}].indicators[${i}]`, indicator)),
    ...scale.lights.flatMap((light, i) => ofLight(`scales[${s}].lights[${i}]`, light)),
  ])
  return all.flatMap(({ path, expression, use }) => {
    const problem = expression === undefined ? null : problemOf(expression, use)
    return problem ? wrong(path, problem.code, problem) : []
  })
}
