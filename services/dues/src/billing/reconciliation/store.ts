import { livesHere } from '@linghang/access'
import { anyOf, countUnder, type Stretch, stretchUnder } from '@linghang/database'
import { sql } from 'kysely'
import { sqlOf, type Tx } from '../../work.ts'
import type { Mismatch } from '../online/mismatch.ts'
import type { Compared, DaySums } from './compare-day.ts'
import type { Settlement } from './settlement.ts'

const settlementKeys = [
  ...(['id', 'orgId', 'keeperId', 'day', 'trades', 'paidFen', 'refundedFen', 'feeMilliFen'] as const),
  ...(['reconciledAt', 'bankedOn', 'journalId'] as const),
]
const mismatchKeys = [
  ...(['id', 'orgId', 'keeperId', 'reason', 'about', 'expected', 'found', 'foundAt'] as const),
  ...(['resolvedAt', 'resolvedBy', 'resolution'] as const),
]
const comparedKeys = [...(['id', 'keeperId', 'amountFen', 'state', 'tradeNo'] as const)]

export const reconciliationStore = {
  /** Until the transaction ends nobody else reconciles this day of this account. */
  async holdDay(tx: Tx, keeperId: string, day: string): Promise<void> {
    const key = `dues-settlement/${keeperId}/${day}`
    await sql`select pg_advisory_xact_lock(hashtextextended(${key}, 0))::text`.execute(sqlOf(tx))
  },

  ordersByIds: (tx: Tx, countyId: string, ids: readonly string[]): Promise<Compared[]> =>
    sqlOf(tx)
      .selectFrom('duesOrder')
      .select(comparedKeys)
      .where('countyId', '=', countyId)
      .where('id', '=', anyOf(ids))
      .execute(),

  /** Refunds that are not failed. */
  refundsByIds: (tx: Tx, countyId: string, ids: readonly string[]): Promise<{ id: string; amountFen: bigint }[]> =>
    sqlOf(tx)
      .selectFrom('duesRefund')
      .select(['id', 'amountFen'])
      .where('countyId', '=', countyId)
      .where('id', '=', anyOf(ids))
      .where('state', '!=', 'FAILED')
      .execute(),

  /** What was paid under an account within a time. */
  ordersPaid: (tx: Tx, keeperId: string, merchantId: string, from: Date, before: Date): Promise<Compared[]> =>
    sqlOf(tx)
      .selectFrom('duesOrder')
      .select(comparedKeys)
      .where('keeperId', '=', keeperId)
      .where('merchantId', '=', merchantId)
      .where('paidAt', '>=', from)
      .where('paidAt', '<', before)
      .execute(),

  /** Whatever was known of the day before; what the bank has already stays as it is. @returns whether that is new */
  async keepSettlement(
    tx: Tx,
    settlement: DaySums & { id: string; countyId: string; orgId: string; keeperId: string; day: string; at: Date },
  ): Promise<boolean> {
    const { at: reconciledAt, ...values } = settlement
    const { trades, paidFen, refundedFen, feeMilliFen } = settlement
    const kept = await sqlOf(tx)
      .insertInto('duesSettlement')
      .values({ ...values, reconciledAt })
      .onConflict(found =>
        found
          .columns(['keeperId', 'day'])
          .doUpdateSet({ trades, paidFen, refundedFen, feeMilliFen, reconciledAt })
          .where('duesSettlement.journalId', 'is', null),
      )
      .returning(
        sql<boolean>`(old.trades, old.paid_fen, old.refunded_fen, old.fee_milli_fen)
          is distinct from (new.trades, new.paid_fen, new.refunded_fen, new.fee_milli_fen)`.as('isNew'),
      )
      .executeTakeFirst()
    return kept?.isNew ?? false
  },

  holdSettlement: (tx: Tx, countyId: string, id: string): Promise<Settlement | undefined> =>
    sqlOf(tx)
      .selectFrom('duesSettlement')
      .select(settlementKeys)
      .where('countyId', '=', countyId)
      .where('id', '=', id)
      .forUpdate()
      .executeTakeFirst(),

  async bank(tx: Tx, id: string, bankedOn: string, journalId: string): Promise<void> {
    await sqlOf(tx).updateTable('duesSettlement').set({ bankedOn, journalId }).where('id', '=', id).execute()
  },

  /** By their own ids, or by those of the journals that booked them. */
  settlementsByIds: (
    tx: Tx,
    countyId: string,
    ids: readonly string[],
    by: 'id' | 'journalId' = 'id',
  ): Promise<Settlement[]> =>
    sqlOf(tx)
      .selectFrom('duesSettlement')
      .select(settlementKeys)
      .where('countyId', '=', countyId)
      .where(by, '=', anyOf(ids))
      .execute(),

  settlementsIn: (tx: Tx, keeperIds: readonly string[], stretch: Stretch): Promise<Map<string, Settlement[]>> =>
    stretchUnder(
      sqlOf(tx),
      keeperIds,
      keeperId => sqlOf(tx).selectFrom('duesSettlement').select(settlementKeys).where('keeperId', '=', keeperId),
      stretch,
      { by: ['day'], descending: true },
    ),
  settlementCount: (tx: Tx, keeperIds: readonly string[]): Promise<Map<string, number>> =>
    countUnder(sqlOf(tx), keeperIds, keeperId =>
      sqlOf(tx).selectFrom('duesSettlement').select('id').where('keeperId', '=', keeperId),
    ),

  mismatchesByIds: (tx: Tx, countyId: string, ids: readonly string[]): Promise<Mismatch[]> =>
    sqlOf(tx)
      .selectFrom('duesMismatch')
      .select(mismatchKeys)
      .where('countyId', '=', countyId)
      .where('id', '=', anyOf(ids))
      .execute(),

  mismatchesIn: (
    tx: Tx,
    keeperIds: readonly string[],
    stretch: Stretch,
    open: boolean,
  ): Promise<Map<string, Mismatch[]>> =>
    stretchUnder(
      sqlOf(tx),
      keeperIds,
      keeperId =>
        sqlOf(tx)
          .selectFrom('duesMismatch')
          .select(mismatchKeys)
          .where('keeperId', '=', keeperId)
          .$if(open, query => query.where('resolvedAt', 'is', null)),
      stretch,
      { by: ['id'], descending: true },
    ),
  mismatchCount: (tx: Tx, keeperIds: readonly string[], open: boolean): Promise<Map<string, number>> =>
    countUnder(sqlOf(tx), keeperIds, keeperId =>
      sqlOf(tx)
        .selectFrom('duesMismatch')
        .select('id')
        .where('keeperId', '=', keeperId)
        .$if(open, query => query.where('resolvedAt', 'is', null)),
    ),

  /** @returns false where somebody has already */
  async resolve(tx: Tx, id: string, resolution: string, by: string | null, at: Date): Promise<boolean> {
    const { numUpdatedRows } = await sqlOf(tx)
      .updateTable('duesMismatch')
      .set({ resolution, resolvedAt: at, resolvedBy: by })
      .where('id', '=', id)
      .where('resolvedAt', 'is', null)
      .executeTakeFirst()
    return numUpdatedRows === 1n
  },

  /**
   * As the service itself: differences that nobody has seen to, and of these days how many of whatever committee had payments
   * and were not held against the bill.
   */
  async waiting(tx: Tx, days: readonly string[]): Promise<{ mismatches: number; oldestSeconds: number; days: number }> {
    const [first, last] = [days[0] ?? null, days.at(-1) ?? null]
    const { rows } = await sql<{ mismatches: number; oldestSeconds: number; days: number }>`
      select count(*)::int as mismatches,
        coalesce(extract(epoch from now() - min(found_at)), 0)::float8 as "oldestSeconds",
        (select count(*)::int from (
          select distinct keeper_id, (paid_at at time zone 'Asia/Shanghai')::date as day from dues_order o
          -- What the bill leaves out was looked for: it waits as a difference, and of a day of such alone nothing is settled.
          where ${livesHere('o.countyId')} and not exists (select from dues_mismatch m where m.keeper_id = o.keeper_id
              and m.reason = 'MISSING_AT_PROVIDER' and m.about = replace(o.id::text, '-', ''))
            and paid_at >= ${first}::date::timestamp at time zone 'Asia/Shanghai'
            and paid_at < (${last}::date + 1)::timestamp at time zone 'Asia/Shanghai'
        ) paid where not exists (select from dues_settlement s where s.keeper_id = paid.keeper_id and s.day = paid.day)) as days
      from dues_mismatch m where resolved_at is null and ${livesHere('m.countyId')}`.execute(sqlOf(tx))
    return rows[0] ?? { mismatches: 0, oldestSeconds: 0, days: 0 }
  },

  /** As the service itself: where these orders are at home, and where something was paid within a time. */
  async homesOf(
    tx: Tx,
    merchantId: string,
    ids: readonly string[],
    from: Date,
    before: Date,
  ): Promise<{ id: string; home: string }[]> {
    const { rows } = await sql<{ id: string; home: string }>`
      select id, county_id || '/' || keeper_id as home from dues_order
      where merchant_id = ${merchantId} and (id = any (${ids}::uuid[]) or (paid_at >= ${from} and paid_at < ${before}))`.execute(
      sqlOf(tx),
    )
    return rows
  },
}
