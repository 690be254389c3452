import type { Finding } from '@linghang/rosters'
import { isBranch } from '@linghang/rulebook'
import type { OrganisationKind } from './columns.ts'
import {
  branchAsSuperior,
  branchWithInferiors,
  committeeWithPeople,
  cycle,
  duplicateCode,
  type Judged,
  moreThanOneRoot,
  superiorRefused,
  unknownSuperior,
} from './hierarchy-findings.ts'

/** What the register already knows of an organisation. */
export type RegisteredOrganisation = {
  superiorCode: string | null
  kind?: OrganisationKind
  /** Whether somebody of the register belongs to it. */
  hasPeople?: boolean
}

type Place = { line: number; superiorCode: string | null; kind?: OrganisationKind }

/** Codes from which the way up comes back to themselves. Visits every code once. */
function codesInCycles(superiorOf: (code: string) => string | null | undefined, codes: Iterable<string>): Set<string> {
  const visitedBy = new Map<string, string>()
  const inCycle = new Set<string>()
  for (const start of codes) {
    let code: string | null | undefined = start
    while (code != null && !visitedBy.has(code)) {
      visitedBy.set(code, start)
      code = superiorOf(code)
    }
    if (code == null || visitedBy.get(code) !== start) continue
    for (let member = code; !inCycle.has(member); member = superiorOf(member)!) inCycle.add(member)
  }
  return inCycle
}

/** Where organisations would stand by what is right of the file so far, and what the register says of the others. */
type KnownPlaces = {
  good: Map<string, Place>
  badLine: Map<string, number>
  existing: ReadonlyMap<string, RegisteredOrganisation>
  /** What the file calls each organisation. */
  nameOf: ReadonlyMap<string, string>
}

const ringShown = 8

/** A ring from an organisation up to itself by name, cut where it is long. */
function ringFrom(code: string, { good, existing, nameOf }: KnownPlaces): string[] {
  const ring = [nameOf.get(code) ?? code]
  for (let at = code; ; ) {
    at = (good.get(at) ?? existing.get(at))?.superiorCode ?? code
    if (at !== code && ring.length === ringShown) ring.push('…')
    if (at === code || ring.length > ringShown) return [...ring, nameOf.get(code) ?? code]
    ring.push(nameOf.get(at) ?? at)
  }
}

/** What is wrong with a row's superior as things stand: refused rows count as absent. Null when all is well. */
function faultOfSuperior(row: Judged, places: KnownPlaces, inCycle: Set<string>): Finding | null {
  const superior = row.superiorCode
  if (superior === null) return null
  const place = places.good.get(superior) ?? places.existing.get(superior)
  if (inCycle.has(row.code!)) return cycle(row, ringFrom(row.code!, places))
  if (!place) {
    const line = places.badLine.get(superior)
    return line === undefined ? unknownSuperior(row) : superiorRefused(row, line)
  }
  return place.kind && isBranch(place.kind) ? branchAsSuperior(row) : null
}

/** What keeps an organisation that is registered from becoming what the row says. Null when nothing does. */
function faultOfKind(row: Judged, places: KnownPlaces, inferiorOf: ReadonlyMap<string, string[]>): Finding | null {
  const code = row.code as string
  const before = places.existing.get(code)
  const kind = row.organisation?.kind
  if (!before || !kind) return null
  if (!isBranch(kind)) return before.hasPeople && before.kind && isBranch(before.kind) ? committeeWithPeople(row) : null
  const stays = inferiorOf
    .get(code)
    ?.find(inferior => (places.good.get(inferior) ?? { superiorCode: code }).superiorCode === code)
  return stays === undefined ? null : branchWithInferiors(row, stays)
}

const rootOf = (existing: ReadonlyMap<string, RegisteredOrganisation>): string | undefined =>
  [...existing].find(([, place]) => place.superiorCode === null)?.[0]

/** A new root stands only while the row that puts the registered one below another stands. */
function faultOfRoot(row: Judged, places: KnownPlaces, registeredRoot: string | undefined): Finding | null {
  if (row.superiorCode !== null || registeredRoot === undefined || row.code === registeredRoot) return null
  const place = places.good.get(registeredRoot) ?? places.existing.get(registeredRoot)
  return place?.superiorCode === null ? moreThanOneRoot(row, registeredRoot) : null
}

/** Refuses codes that came before, and roots beside the first. Gives the rows that remain. */
function judgeCodesAndRoots(rows: readonly Judged[], places: KnownPlaces, findings: Finding[]): Judged[] {
  const lineOf = new Map<string, number>()
  const registered = rootOf(places.existing)
  // A new root may be put above the one that is registered, by a row that puts that one below it.
  const isPutBelow = rows.some(row => row.code === registered && row.organisation && row.superiorCode !== null)
  let root = isPutBelow ? undefined : registered
  const remaining: Judged[] = []
  for (const row of rows) {
    if (row.code === null) continue
    const firstLine = lineOf.get(row.code)
    if (firstLine !== undefined) {
      findings.push(duplicateCode(row, firstLine))
      continue
    }
    lineOf.set(row.code, row.line)
    if (!row.organisation) places.badLine.set(row.code, row.line)
    else if (row.superiorCode === null && root !== undefined && root !== row.code) {
      findings.push(moreThanOneRoot(row, root))
      places.badLine.set(row.code, row.line)
    } else {
      if (row.superiorCode === null) root = row.code
      places.good.set(row.code, { line: row.line, superiorCode: row.superiorCode, kind: row.organisation.kind })
      remaining.push(row)
    }
  }
  return remaining
}

/**
 * Judges the rows of organisations.csv against each other and against the register: a code twice, more than one root,
 * an unknown or refused superior, a branch as a superior, a cycle (also through organisations that are registered and
 * not in the file). A refused row leaves its organisation as the register has it, which can refuse further rows; the
 * result is what remains right when only the rows without findings are committed. Pure.
 *
 * @param rows all rows of the file in their order, refused ones included
 * @param existing the county's registered organisations by code
 * @returns errors by line
 */
export function judgeHierarchy(
  rows: readonly Judged[],
  existing: ReadonlyMap<string, RegisteredOrganisation>,
): Finding[] {
  const findings: Finding[] = []
  const nameOf = new Map(rows.flatMap(({ organisation: o }) => (o ? [[o.code, o.name] as const] : [])))
  const places: KnownPlaces = { good: new Map(), badLine: new Map(), existing, nameOf }
  let remaining = judgeCodesAndRoots(rows, places, findings)
  const registeredRoot = rootOf(existing)
  const inferiorOf = new Map<string, string[]>()
  for (const [code, { superiorCode }] of existing) {
    if (superiorCode === null) continue
    const inferiors = inferiorOf.get(superiorCode)
    if (inferiors) inferiors.push(code)
    else inferiorOf.set(superiorCode, [code])
  }
  for (;;) {
    const inCycle = codesInCycles(
      code => (places.good.get(code) ?? existing.get(code))?.superiorCode,
      places.good.keys(),
    )
    const refused = new Map<Judged, Finding>()
    for (const row of remaining) {
      const finding =
        faultOfSuperior(row, places, inCycle) ??
        faultOfRoot(row, places, registeredRoot) ??
        faultOfKind(row, places, inferiorOf)
      if (finding) refused.set(row, finding)
    }
    if (refused.size === 0) break
    for (const [row, finding] of refused) {
      findings.push(finding)
      places.good.delete(row.code!)
      places.badLine.set(row.code!, row.line)
    }
    remaining = remaining.filter(row => !refused.has(row))
  }
  return findings.sort((one, other) => one.line! - other.line!)
}

/**
 * The rows with every superior before its inferiors, otherwise in their order. Expects rows that `judgeHierarchy` found
 * nothing wrong with; throws RangeError on a cycle.
 */
export function orderBySuperior<T extends { code: string; superiorCode: string | null }>(rows: readonly T[]): T[] {
  const codes = new Set(rows.map(row => row.code))
  const below = Map.groupBy(rows, row =>
    row.superiorCode !== null && codes.has(row.superiorCode) ? row.superiorCode : null,
  )
  const ordered = [...(below.get(null) ?? [])]
  for (let at = 0; at < ordered.length; at++) {
    for (const row of below.get(ordered[at]!.code) ?? []) ordered.push(row)
  }
  if (ordered.length !== rows.length) throw new RangeError('organisations form a cycle')
  return ordered
}
