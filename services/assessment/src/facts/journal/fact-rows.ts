import type { Attribute, Fact, SubjectType } from '../fact.ts'
import type { FactKind } from '../kinds/fact-kinds.ts'
import type { Telling } from '../telling/telling.ts'

/** Whose facts have changed, at which organisation, and from which day on. */
export type Touch = { subjectType: SubjectType; subjectId: string; orgId: string; fromDay: string }

/** One row a subject and organisation, from the earliest day. */
export function touchesOf(
  changed: readonly { subjectType: SubjectType; subjectId: string; orgId: string; day: string }[],
): Touch[] {
  const touches = new Map<string, Touch>()
  for (const { subjectType, subjectId, orgId, day } of changed) {
    const key = `${subjectId}/${orgId}`
    const known = touches.get(key)
    if (!known) touches.set(key, { subjectType, subjectId, orgId, fromDay: day })
    else if (day < known.fromDay) known.fromDay = day
  }
  return [...touches.values()]
}

/** What a telling says as rows, numbered in the order in which it says it. */
export const rowsOf = (countyId: string, { toldAs, source, facts }: Telling) =>
  facts.map(({ orgId, ...fact }, n) => ({
    ...fact,
    ...{ countyId, toldAs, n, sourceId: source.id, sourceType: source.type, sourceVersion: BigInt(source.version) },
    toldOrgId: orgId,
  }))

/**
 * Facts as lines of texts that the database puts together: fifty thousand people have two million, and a row each with a
 * value for each column takes many times as long to be read.
 */
export function factReader() {
  // They repeat: read once each, and held once.
  const known = new Map<string, Readonly<Record<string, Attribute>>>()
  const attributesOf = (text: string): Readonly<Record<string, Attribute>> => {
    const found = known.get(text)
    if (found) return found
    const read = Object.freeze(JSON.parse(text))
    known.set(text, read)
    return read
  }
  const read = (line: string): Fact => {
    const [subjectType, subjectId, orgId, kind, day, quantity, type, id, version, attributes] = line.split('\t') as [
      ...[SubjectType, string, string, FactKind, string, string, string, string, string, string],
    ]
    return {
      ...{ subjectType, subjectId, orgId, kind, day, quantity: Number(quantity), attributes: attributesOf(attributes) },
      source: { type, id, version: Number(version) },
    }
  }
  return (lines: string): Fact[] => lines.split('\n').map(read)
}
