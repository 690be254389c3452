import type { Stretch } from '@linghang/database'
import { count, many, one } from '@linghang/subgraph'
import type { Work } from '../../work.ts'
import { seenOf } from '../records/seen-of.ts'
import { fixedBaseOf } from './fixed-base.ts'
import type { LineFilter } from './fixing.ts'
import { fixingStore } from './store.ts'

/** A year's fixing at organisations that the actor sees, with all below; none where nobody is proposed. */
export const fixingOf = one(async ({ tx, supervision }: Work, orgIds, year: number) =>
  fixingStore.progressOf(tx, [...(await supervision.seen(orgIds))], year),
)
type Listed = { year: number; filter: LineFilter }
export const fixingLinesOf = many(async ({ tx, supervision }: Work, orgIds, list: Listed & { stretch: Stretch }) =>
  fixingStore.linesIn(tx, [...(await supervision.seen(orgIds))], list),
)
export const fixingLineCountOf = count(async ({ tx, supervision }: Work, orgIds, list: Listed) =>
  fixingStore.countIn(tx, [...(await supervision.seen(orgIds))], list),
)

/** Lines of people at organisations that the actor sees, and the actor's own. */
export const fixingLineById = one(async (work: Work, ids) => {
  const lines = await seenOf(work, await fixingStore.byIds(work.tx, work.actor.countyId, ids))
  return new Map(lines.map(line => [line.id, line]))
})
export const fixingsOfMember = many(async (work: Work, memberIds, year: number) => {
  const lines = await seenOf(work, await fixingStore.ofMembers(work.tx, work.actor.countyId, memberIds, year))
  return Map.groupBy(lines, ({ memberId }) => memberId)
})
/** The checked line in force in a month, by person. */
export const lineInForce = one(async (work: Work, memberIds, month: string) => {
  const inForce = await fixedBaseOf(work.tx, memberIds, month)
  const ids = [...inForce.values()].map(({ lineId }) => lineId)
  const lines = await seenOf(work, await fixingStore.byIds(work.tx, work.actor.countyId, ids))
  return new Map(lines.map(line => [line.memberId, line]))
})
