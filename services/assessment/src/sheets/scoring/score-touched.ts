import type { Period } from '@linghang/rulebook'
import type { Plan } from '../../engine/plan.ts'
import { score } from '../../engine/score.ts'
import type { Sheet } from '../../engine/sheet.ts'
import type { SubjectType } from '../../facts/fact.ts'
import { factStore } from '../../facts/journal/store.ts'
import { placeStore } from '../../facts/organisations/store.ts'
import { packStore } from '../../packs/decisions/store.ts'
import { useCase, type Work } from '../../work.ts'
import { publishedStore } from '../published/store.ts'
import { derivationOf, hashOf, totalsOf } from './derivation.ts'
import { needsOf } from './needs.ts'
import { periodsFrom, type ScoredPeriod } from './periods.ts'
import { planFor } from './plans.ts'
import { readAsked, type ScoresOf } from './read-asked.ts'
import { type Claimed, type Scored, scoreStore } from './store.ts'

/** So many at once: a transaction of a second or so, after which others see what it wrote. */
const atOnce = { MEMBER: 500, ORGANISATION: 100 } as const

/** A sheet that is another one now with its lines, and what is kept of what it was. */
export type Changed = Omit<Scored, 'subjectId' | 'orgId'> & { sheet: Sheet }
/** What a turn has changed of a period, and who has no sheet of it any more. */
export type Rescored = { period: Period; changed: Changed[]; gone: string[] }
/** What is done of it in the same transaction. */
export type Heard = (work: Work, rescored: Rescored) => Promise<void>
const nobody: Heard = async () => undefined

/** Sheets of these subjects in a period, as they are now. @param scores those on which they rest, where not those that are kept */
export async function workOut(
  work: Work,
  plan: Plan,
  subjectType: SubjectType,
  ids: readonly string[],
  scores?: ScoresOf,
): Promise<Sheet[]> {
  const asked = await readAsked(work, { plan, subjectType, ids, scores })
  return asked.flatMap(one => score(plan, one) ?? [])
}

/** Organisations whose sheets rest on what has changed there, and the first day from which they do. */
type Moved = Map<string, string>
const move = (moved: Moved, orgIds: readonly string[], fromDay: string): void => {
  for (const id of orgIds) if (fromDay < (moved.get(id) ?? '9999')) moved.set(id, fromDay)
}

/** What rests on members' sheets and facts, and what on branches', is to be scored after them. */
async function passUp({ tx, actor }: Work, type: SubjectType, moved: Moved): Promise<void> {
  if (moved.size === 0) return
  const above: Moved = new Map()
  if (type === 'ORGANISATION')
    for (const [id, superiorIds] of await placeStore.above(tx, actor.countyId, [...moved.keys()]))
      move(above, superiorIds, moved.get(id) as string)
  await factStore.touch(
    tx,
    actor.countyId,
    [...(type === 'MEMBER' ? moved : above)].map(([id, fromDay]) => ({
      ...{ subjectType: 'ORGANISATION' as const, subjectId: id, orgId: id, fromDay },
    })),
  )
}

/** @returns whether sheets of the period are other ones now */
async function scorePeriod(
  work: Work,
  type: SubjectType,
  { pack, period }: ScoredPeriod,
  { claimed, moved, heard }: { claimed: readonly Claimed[]; moved: Moved; heard: Heard },
): Promise<boolean> {
  const { tx, actor } = work
  const ids = claimed.filter(({ fromDay }) => fromDay <= period.until).map(({ subjectId }) => subjectId)
  if (ids.length === 0) return false
  const plan = planFor(actor.countyId, pack, period)
  const sheets = await workOut(work, plan, type, ids)
  const derived = new Map(sheets.map(sheet => [sheet.subjectId, { sheet, derivation: derivationOf(sheet) }]))
  const rows = [...derived.values()].map(({ sheet, derivation }) => ({
    ...sheet,
    ...{ id: work.newId(), totals: totalsOf(sheet), hash: hashOf(derivation) },
  }))
  const changed = await scoreStore.write(tx, actor.countyId, rows, work.now)
  // What has changed after it was published is another version of it (S0-21).
  const corrected = changed.flatMap(({ id, version, publishedOn, subjectId }) => {
    const now = publishedOn === null ? undefined : derived.get(subjectId)
    return now ? [{ id, version, ...now, hash: hashOf(now.derivation) }] : []
  })
  if (corrected.length > 0) await publishedStore.append(tx, actor.countyId, corrected, work.today)
  const gone = ids.filter(id => !derived.has(id))
  const dropped = await scoreStore.drop(tx, actor.countyId, gone, period)
  const anew = changed.flatMap(({ subjectId, orgId: _, ...one }) => {
    const now = derived.get(subjectId)
    return now ? [{ ...one, sheet: now.sheet }] : []
  })
  await heard(work, { period, changed: anew, gone })
  const places = [
    ...changed.flatMap(({ orgId, before }) => (before === null ? [orgId] : [orgId, before.orgId])),
    ...dropped,
  ]
  const { above, belowKinds } = needsOf(plan)
  if (type === 'MEMBER' || above) move(moved, places, period.from)
  // What is above may count facts of those below that count nothing for these themselves.
  if (type === 'ORGANISATION' && belowKinds.length > 0) move(moved, ids, period.from)
  return places.length > 0
}

/**
 * Scores anew who was touched, a few at once: members first, then organisations from the deepest up, since these rest on those.
 * Whoever does it for a lane of a county does it alone. @returns how many it took; 0: nothing waits, or somebody else is at it
 */
export const scoreTouched = useCase(
  'scoreTouched',
  async (work, { lane, heard = nobody }: { lane: number; heard?: Heard }): Promise<number> => {
    const { tx, actor, today } = work
    if (!(await scoreStore.isAlone(tx, actor.countyId, lane))) return 0
    const packs = await packStore.decided(tx, actor.countyId)
    for (const type of ['MEMBER', 'ORGANISATION'] as const) {
      const claimed = await scoreStore.claim(tx, actor.countyId, type, lane, atOnce[type])
      if (claimed.length === 0) continue
      const from = claimed.reduce((first, { fromDay }) => (fromDay < first ? fromDay : first), today)
      const moved: Moved = new Map()
      // Facts of members count for the organisation too, whether a member's own score changes by them or not.
      if (type === 'MEMBER') for (const { orgIds, fromDay } of claimed) move(moved, orgIds, fromDay)
      let written: string | null = null
      for (const one of periodsFrom(packs, from, today)) {
        const changed = await scorePeriod(work, type, one, { claimed, moved, heard })
        // What stands below an organisation may be another, and its own sheet the same.
        if (changed || type === 'ORGANISATION') written ??= one.period.until
      }
      await passUp(work, type, moved)
      // Last, since the county's other lane waits for the row until this transaction is over.
      if (written) await scoreStore.markSums(tx, actor.countyId, written)
      return claimed.length
    }
    return 0
  },
  { timeoutMs: 60_000 },
)
