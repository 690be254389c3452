import { createHash } from 'node:crypto'
import type { Line, Sheet } from '../../engine/sheet.ts'

/** What a sheet says, in the same bytes for the same sheet; how something could be mended is told when it is read. */
export const derivationOf = (sheet: Sheet): string =>
  JSON.stringify([
    ...[sheet.subjectType, sheet.subjectId, sheet.orgId, sheet.period.from, sheet.period.until],
    ...[sheet.pack.key, sheet.pack.version, sheet.scale, sheet.score, sheet.attainable, sheet.grade],
    sheet.groups.map(({ key, points, counted }) => [key, points, counted]),
    sheet.lights.map(({ key, colour, since }) => [key, colour, since]),
    sheet.lines.map(lineOf),
  ])

const lineOf = ({ key, state, points, counted, carried, adjusted, facts }: Line) => [
  ...[key, state, points, counted, carried, adjusted && [adjusted.from, adjusted.reason]],
  facts.map(({ subjectId, kind, day, quantity, source }) => [
    ...[subjectId, kind, day, quantity, source.type, source.id, source.version],
  ]),
]

export const hashOf = (derivation: string): Uint8Array<ArrayBuffer> =>
  new Uint8Array(createHash('sha256').update(derivation).digest())

/** What is kept of each indicator for indices and averages, in hundredths. */
export function totalsOf({ lines }: Sheet): Record<string, number> {
  const totals: Record<string, number> = {}
  for (const { indicator, state, counted } of lines)
    if (state !== 'NOT_KNOWN' && state !== 'EXEMPT') totals[indicator] = (totals[indicator] ?? 0) + counted
  return totals
}
