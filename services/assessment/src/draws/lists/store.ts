import { anyOf, countUnder, type Stretch, stretchUnder } from '@linghang/database'
import { sql } from 'kysely'
import { sqlOf, type Tx } from '../../work.ts'
import type { Listing, ListingAnswer } from './listing.ts'

const columns = [
  ...(['id', 'orgId', 'branchId', 'cause', 'reason', 'recordId', 'listedOn', 'listedAt'] as const),
  ...(['liftedOn', 'liftReason'] as const),
]
type InCounty = { countyId: string }
type Side = 'orgId' | 'branchId'

const listingsOf = (tx: Tx, side: Side, id: Parameters<Parameters<typeof stretchUnder>[2]>[0]) =>
  sqlOf(tx).selectFrom('blackListing').select(columns).where(side, '=', id)

export const listingStore = {
  byIds: (tx: Tx, countyId: string, ids: readonly string[]): Promise<Listing[]> =>
    sqlOf(tx)
      .selectFrom('blackListing')
      .select(columns)
      .where('countyId', '=', countyId)
      .where('id', '=', anyOf(ids))
      .execute(),

  /** Until the transaction ends nobody else changes the list of this committee, or opens a draw with it. */
  async hold(tx: Tx, committeeId: string): Promise<void> {
    await sql`select pg_advisory_xact_lock(hashtextextended(${`black-list/${committeeId}`}, 0))::text`.execute(
      sqlOf(tx),
    )
  },

  /** Branches below a committee with these ids that go on, by name and code of what they are. */
  async below(tx: Tx, countyId: string, committeeId: string): Promise<{ id: string; kind: string }[]> {
    return sqlOf(tx)
      .selectFrom('orgNode as committee')
      .innerJoin('orgNode as below', join => join.on('below.path', sql`<@`, ({ ref }) => ref('committee.path')))
      .select(['below.id', 'below.kind'])
      .where('committee.id', '=', committeeId)
      .where('committee.countyId', '=', countyId)
      .where('below.id', '!=', committeeId)
      .where('below.endedOn', 'is', null)
      .orderBy('below.id')
      .execute()
  },

  /** Those that stand on a committee's list. */
  async standing(tx: Tx, committeeId: string): Promise<Set<string>> {
    const rows = await sqlOf(tx)
      .selectFrom('blackListing')
      .select('branchId')
      .where('orgId', '=', committeeId)
      .where('liftedOn', 'is', null)
      .execute()
    return new Set(rows.map(({ branchId }) => branchId))
  },

  /** When a branch was last taken off a committee's list. */
  async lastLifted(tx: Tx, committeeId: string, branchId: string): Promise<string | null> {
    const row = await sqlOf(tx)
      .selectFrom('blackListing')
      .select(({ fn }) => fn.max('liftedOn').as('liftedOn'))
      .where('orgId', '=', committeeId)
      .where('branchId', '=', branchId)
      .executeTakeFirst()
    return row?.liftedOn ?? null
  },

  async insert(tx: Tx, listing: Listing & InCounty & { listedBy: string }): Promise<void> {
    const { liftedOn: _on, liftReason: _reason, ...entered } = listing
    await sqlOf(tx).insertInto('blackListing').values(entered).execute()
  },

  async lift(
    tx: Tx,
    id: string,
    lifted: { liftedOn: string; liftReason: string; liftedBy: string; liftedAt: Date },
  ): Promise<boolean> {
    const { numUpdatedRows } = await sqlOf(tx)
      .updateTable('blackListing')
      .set(lifted)
      .where('id', '=', id)
      .where('liftedOn', 'is', null)
      .executeTakeFirstOrThrow()
    return numUpdatedRows === 1n
  },

  async answer(
    tx: Tx,
    answer: ListingAnswer & InCounty & { listingId: string; n: number; orgId: string; answeredBy: string },
  ): Promise<void> {
    await sqlOf(tx).insertInto('blackListingAnswer').values(answer).execute()
  },

  answers: (tx: Tx, listingIds: readonly string[]): Promise<(ListingAnswer & { listingId: string })[]> =>
    sqlOf(tx)
      .selectFrom('blackListingAnswer')
      .select(['listingId', 'text', 'answeredAt'])
      .where('listingId', '=', anyOf(listingIds))
      .orderBy('n')
      .execute(),

  /** Of each committee or branch, the newest first. */
  at: (tx: Tx, side: Side, ids: readonly string[], stretch: Stretch): Promise<Map<string, Listing[]>> =>
    stretchUnder(sqlOf(tx), ids, id => listingsOf(tx, side, id), stretch, { by: ['id'], descending: true }),

  countAt: (tx: Tx, side: Side, ids: readonly string[]): Promise<Map<string, number>> =>
    countUnder(sqlOf(tx), ids, id => listingsOf(tx, side, id)),
}
