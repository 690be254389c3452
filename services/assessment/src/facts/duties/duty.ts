import type { FactSource } from '../fact.ts'
import type { dutyKinds } from '../kinds/duty-kinds.ts'
import { once, type Telling, type ToldFact } from '../telling/telling.ts'

export type DutyKind = keyof typeof dutyKinds

/** Something that is still to be done. */
export type OpenDuty = {
  /** Which of the record's duties it is: the same from one version to the next. */
  key: string
  dueOn: string
  /** Whose it is. */
  orgId: string
  /** What the kind says of it beside the outcome. */
  says: Readonly<Record<string, string>>
}

/** What one version of a record says is still to be done. */
export type Stand = {
  version: number
  orgId: string
  /** The day on which what it says had happened: what it does not name any more was done then. */
  happenedOn: string
  /** Nothing is to be done any more, and what was still to be done was not. */
  dropped: boolean
  open: readonly OpenDuty[]
}

/** Whose versions they are. */
export type DutyRecord = { toldAs: string; kind: DutyKind; source: Pick<FactSource, 'type' | 'id'> }

const daysBetween = (from: string, to: string): number => (Date.parse(to) - Date.parse(from)) / 86_400_000

const factOf = (kind: DutyKind, { dueOn, orgId, says }: OpenDuty, outcome: string, daysLate: number): ToldFact => ({
  ...{ subjectType: 'ORGANISATION', subjectId: orgId, orgId, kind, day: dueOn, quantity: once },
  attributes: { ...says, outcome, daysLate },
})

/** Done on a day, or excused; of what was done before it was due, in time. */
function done(kind: DutyKind, duty: OpenDuty, { happenedOn, dropped }: Stand): ToldFact {
  if (dropped) return factOf(kind, duty, 'EXCUSED', 0)
  const isLate = happenedOn > duty.dueOn
  return factOf(kind, duty, isLate ? 'LATE' : 'IN_TIME', isLate ? daysBetween(duty.dueOn, happenedOn) : 0)
}

/**
 * What all versions of a record say together, in whatever order they came: what was to be done and was, when and how late,
 * and what still is to be done. What was put off counts by its last day.
 * @param stands of one record, at least one
 */
export function tellDuties({ toldAs, kind, source }: DutyRecord, stands: readonly Stand[]): Telling {
  const inOrder = stands.toSorted((a, b) => a.version - b.version)
  const last = inOrder.at(-1) as Stand
  const facts: ToldFact[] = []
  let open = new Map<string, OpenDuty>()
  for (const stand of inOrder) {
    const now = new Map(stand.open.map(duty => [duty.key, duty]))
    for (const [key, duty] of open) if (!now.has(key)) facts.push(done(kind, duty, stand))
    open = now
  }
  facts.push(...[...open.values()].map(duty => factOf(kind, duty, 'OPEN', 0)))
  return { toldAs, source: { ...source, version: last.version }, orgId: last.orgId, facts }
}
