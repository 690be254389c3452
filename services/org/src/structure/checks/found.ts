import type { StructureFinding, StructureFindingKind } from '@linghang/rulebook'

/** A finding that stands, and since when it was known: from then on there was something to mend. */
export type Found = { kind: StructureFindingKind; since: string }

/**
 * What is found today, with the days since which it was found before; what was mended and is found again is found anew.
 * @returns null where nothing has changed since it was told
 */
export function foundAnew(
  told: readonly Found[],
  findings: readonly StructureFinding[],
  today: string,
): Found[] | null {
  const kinds = [...new Set(findings.map(({ kind }) => kind))]
  const known = new Map(told.map(({ kind, since }) => [kind, since]))
  if (kinds.length === known.size && kinds.every(kind => known.has(kind))) return null
  return kinds.map(kind => ({ kind, since: known.get(kind) ?? today }))
}
