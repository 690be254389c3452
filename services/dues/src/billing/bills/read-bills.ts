import type { Stretch } from '@linghang/database'
import { addMonths } from '@linghang/rulebook'
import { count, many, one } from '@linghang/subgraph'
import type { Work } from '../../work.ts'
import { collectionStore } from './collection-store.ts'
import { pauseStore } from './pause-store.ts'
import { billStore } from './store.ts'

/** Bills that the actor sees: those of organisations below, and the actor's own; the database knows which. */
export const billById = one(
  async ({ tx, actor }: Work, ids) =>
    new Map((await billStore.byIds(tx, actor.countyId, ids)).map(bill => [bill.id, bill])),
)
/** A member's bills of the twelve months that begin with one. */
export const billsOfYear = many(async ({ tx, actor }: Work, memberIds, from: string) =>
  Map.groupBy(
    await billStore.ofYears(tx, actor.countyId, memberIds, from, addMonths(from, 12)),
    ({ memberId }) => memberId,
  ),
)
export const billsOfMonth = many(
  ({ tx }: Work, orgIds, wanted: { month: string; open: boolean | null }, stretch: Stretch) =>
    billStore.ofMonth(tx, orgIds, { ...wanted, stretch }),
)
export const billCountOf = count(({ tx }: Work, orgIds, wanted: { month: string; open: boolean | null }) =>
  billStore.countOfMonth(tx, orgIds, wanted),
)
/** What was owed, waived and paid in a period by an organisation and all below it. */
export const collectionOf = one(({ tx, actor, supervision }: Work, orgIds, period: { from: string; until: string }) =>
  supervision.seen(orgIds).then(seen => collectionStore.of(tx, actor.countyId, [...seen], period)),
)
/** Times for which a member owes nothing, the newest first. */
export const pausesOf = many(({ tx }: Work, memberIds) => pauseStore.ofMembers(tx, memberIds))
