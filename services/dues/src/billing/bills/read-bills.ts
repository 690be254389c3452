import type { Stretch } from '@linghang/database'
import { addMonths } from '@linghang/rulebook'
import { count, many, one } from '@linghang/subgraph'
import type { Work } from '../../work.ts'
import { seenOf } from '../records/seen-of.ts'
import { collectionStore } from './collection-store.ts'
import { pauseStore } from './pause-store.ts'
import { billStore } from './store.ts'

/** Bills that the actor sees: those of organisations below, and the actor's own; row-level security asks again. */
export const billById = one(
  async (work: Work, ids) =>
    new Map(
      (await seenOf(work, await billStore.byIds(work.tx, work.actor.countyId, ids))).map(bill => [bill.id, bill]),
    ),
)
/** A member's bills of the twelve months that begin with one. */
export const billsOfYear = many(async (work: Work, memberIds, from: string) => {
  const bills = await billStore.ofYears(work.tx, work.actor.countyId, memberIds, from, addMonths(from, 12))
  return Map.groupBy(await seenOf(work, bills), ({ memberId }) => memberId)
})
type OfMonth = { month: string; open: boolean | null }
export const billsOfMonth = many(async ({ tx, supervision }: Work, orgIds, wanted: OfMonth, stretch: Stretch) =>
  billStore.ofMonth(tx, [...(await supervision.seen(orgIds))], { ...wanted, stretch }),
)
export const billCountOf = count(async ({ tx, supervision }: Work, orgIds, wanted: OfMonth) =>
  billStore.countOfMonth(tx, [...(await supervision.seen(orgIds))], wanted),
)
/** What was owed, waived and paid in a period by an organisation and all below it. */
export const collectionOf = one(({ tx, actor, supervision }: Work, orgIds, period: { from: string; until: string }) =>
  supervision.seen(orgIds).then(seen => collectionStore.of(tx, actor.countyId, [...seen], period)),
)
/** Times for which a member owes nothing, the newest first. */
export const pausesOf = many(async (work: Work, memberIds) => {
  const found = await pauseStore.ofMembers(work.tx, memberIds)
  return Map.groupBy(await seenOf(work, [...found.values()].flat()), ({ memberId }) => memberId)
})
