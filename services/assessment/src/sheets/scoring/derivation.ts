import { createHash } from 'node:crypto'
import type { Line, LineFact, LineState, Sheet } from '../../engine/sheet.ts'

/** What a sheet says, in the same bytes for the same sheet; how something could be mended is told when it is read. */
export const derivationOf = (sheet: Sheet): string =>
  JSON.stringify([
    ...[sheet.subjectType, sheet.subjectId, sheet.orgId, sheet.period.from, sheet.period.until],
    ...[sheet.pack.key, sheet.pack.version, sheet.scale, sheet.score, sheet.attainable, sheet.grade],
    sheet.groups.map(({ key, points, counted }) => [key, points, counted]),
    sheet.lights.map(({ key, colour, since }) => [key, colour, since]),
    sheet.lines.map(lineOf),
  ])

const lineOf = ({ key, indicator, span, state, points, counted, carried, adjusted, facts }: Line) => [
  ...[key, indicator, span.from, span.until, state, points, counted, carried],
  adjusted && [adjusted.from, adjusted.reason],
  facts.map(({ subjectId, orgId, kind, day, quantity, source }) => [
    ...[subjectId, orgId, kind, day, quantity, source.type, source.id, source.version],
  ]),
]

type WrittenFact = [string, string, LineFact['kind'], string, number, string, string, number]
type WrittenLine = [
  ...[string, string, string, string, LineState, number, number, boolean],
  ...[[number, string] | null, WrittenFact[]],
]

/** The lines that a derivation has written; how something could be mended is not told of what is over. */
export function linesIn(derivation: string): Line[] {
  const lines = (JSON.parse(derivation) as unknown[]).at(-1) as WrittenLine[]
  return lines.map(([key, indicator, from, until, state, points, counted, carried, adjusted, facts]) => ({
    ...{ key, indicator, span: { from, until }, state, points, counted, carried, mend: null },
    adjusted: adjusted && { from: adjusted[0], reason: adjusted[1] },
    facts: facts.map(([subjectId, orgId, kind, day, quantity, type, id, version]) => ({
      ...{ subjectId, orgId, kind, day, quantity, source: { type, id, version } },
    })),
  }))
}

export const hashOf = (derivation: string): Uint8Array<ArrayBuffer> =>
  new Uint8Array(createHash('sha256').update(derivation).digest())

/** What is kept of each indicator for indices and averages, in hundredths. */
export function totalsOf({ lines }: Sheet): Record<string, number> {
  const totals: Record<string, number> = {}
  for (const { indicator, state, counted } of lines)
    if (state !== 'NOT_KNOWN' && state !== 'EXEMPT') totals[indicator] = (totals[indicator] ?? 0) + counted
  return totals
}
