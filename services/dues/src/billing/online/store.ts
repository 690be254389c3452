import { livesHere } from '@linghang/access'
import { anyOf, countUnder, insertBatch, type Stretch, stretchUnder } from '@linghang/database'
import { sql } from 'kysely'
import { sqlOf, type Tx } from '../../work.ts'
import { isSeen, type Seen } from '../records/store.ts'
import type { Difference } from './mismatch.ts'
import type { Order } from './order.ts'

const orderKeys = [
  ...([
    'id',
    'countyId',
    'orgId',
    'memberId',
    'keeperId',
    'accountId',
    'amountFen',
    'kind',
    'state',
    'codeUrl',
  ] as const),
  ...(['openedAt', 'expiresAt', 'askAt', 'asked', 'tradeNo', 'paidAt', 'merchantId'] as const),
]

export const orderStore = {
  /** Until the transaction ends nobody else opens an order for this member. */
  async holdMember(tx: Tx, memberId: string): Promise<void> {
    await sql`select pg_advisory_xact_lock(hashtextextended(${`dues-order/${memberId}`}, 0))::text`.execute(sqlOf(tx))
  },

  openOf: (tx: Tx, countyId: string, memberId: string): Promise<Order | undefined> =>
    sqlOf(tx)
      .selectFrom('duesOrder')
      .select(orderKeys)
      .where('countyId', '=', countyId)
      .where('memberId', '=', memberId)
      .where('askAt', 'is not', null)
      .executeTakeFirst(),

  async insert(tx: Tx, order: Order, openedBy: string | null): Promise<void> {
    await sqlOf(tx)
      .insertInto('duesOrder')
      .values({ ...order, openedBy })
      .execute()
    await this.noteState(tx, order, order.openedAt)
  },

  /** One, held until the transaction ends: whoever else learns of it waits. */
  hold: (tx: Tx, countyId: string, id: string): Promise<Order | undefined> =>
    sqlOf(tx)
      .selectFrom('duesOrder')
      .select(orderKeys)
      .where('countyId', '=', countyId)
      .where('id', '=', id)
      .forUpdate()
      .executeTakeFirst(),

  async change(tx: Tx, before: Order, change: Partial<Order>, at: Date): Promise<void> {
    await sqlOf(tx).updateTable('duesOrder').set(change).where('id', '=', before.id).execute()
    if (change.state !== undefined && change.state !== before.state)
      await this.noteState(tx, { ...before, state: change.state }, at)
  },

  async noteState(tx: Tx, { id, countyId, state }: Pick<Order, 'id' | 'countyId' | 'state'>, at: Date): Promise<void> {
    await sql`insert into dues_order_event (order_id, n, county_id, state, at)
      select ${id}::uuid, count(*) + 1, ${countyId}::uuid, ${state}, ${at} from dues_order_event where order_id = ${id}::uuid`.execute(
      sqlOf(tx),
    )
  },

  byIds: (tx: Tx, countyId: string, ids: readonly string[]): Promise<Order[]> =>
    sqlOf(tx)
      .selectFrom('duesOrder')
      .select(orderKeys)
      .where('countyId', '=', countyId)
      .where('id', '=', anyOf(ids))
      .execute(),

  async isTradeKnown(tx: Tx, countyId: string, tradeNo: string): Promise<boolean> {
    const found = sqlOf(tx).selectFrom('duesOrder').select('id').where('countyId', '=', countyId)
    return (await found.where('tradeNo', '=', tradeNo).executeTakeFirst()) !== undefined
  },

  ofMembers: (tx: Tx, memberIds: readonly string[], seen: Seen, stretch: Stretch): Promise<Map<string, Order[]>> =>
    stretchUnder(
      sqlOf(tx),
      memberIds,
      memberId =>
        sqlOf(tx).selectFrom('duesOrder').select(orderKeys).where('memberId', '=', memberId).where(isSeen(seen)),
      stretch,
      { by: ['id'], descending: true },
    ),

  countOf: (tx: Tx, memberIds: readonly string[], seen: Seen): Promise<Map<string, number>> =>
    countUnder(sqlOf(tx), memberIds, memberId =>
      sqlOf(tx).selectFrom('duesOrder').select('id').where('memberId', '=', memberId).where(isSeen(seen)),
    ),

  /** Found again it stays as it is. */
  async queue(
    tx: Tx,
    rows: readonly (Difference & { id: string; countyId: string; foundAt: Date })[],
  ): Promise<number> {
    if (rows.length === 0) return 0
    const keys = ['id', 'countyId', 'orgId', 'keeperId', 'reason', 'about', 'expected', 'found', 'foundAt'] as const
    const { numInsertedOrUpdatedRows } = await insertBatch(sqlOf(tx), 'duesMismatch', keys, rows)
      .onConflict(found => found.doNothing())
      .executeTakeFirstOrThrow()
    return Number(numInsertedOrUpdatedRows ?? 0n)
  },

  /** As the service itself: in which county an order is. */
  async countyOf(tx: Tx, id: string): Promise<string | null> {
    const found = await sqlOf(tx).selectFrom('duesOrder').select('countyId').where('id', '=', id).executeTakeFirst()
    return found?.countyId ?? null
  },

  /** As the service itself: after which orders to ask. */
  toAsk: (tx: Tx, merchantId: string, now: Date, most: number): Promise<{ id: string; countyId: string }[]> =>
    sqlOf(tx)
      .selectFrom('duesOrder')
      .select(['id', 'countyId'])
      .where('merchantId', '=', merchantId)
      .where('askAt', '<=', now)
      .where(livesHere('duesOrder.countyId', true))
      .orderBy('askAt')
      .limit(most)
      .execute(),
}
