import { livesHere } from '@linghang/access'
import { anyOf } from '@linghang/database'
import { sqlOf, type Tx } from '../../work.ts'
import type { Refund } from './refund.ts'

const refundKeys = [
  ...(['id', 'countyId', 'orgId', 'orderId', 'merchantId', 'amountFen', 'reason', 'state'] as const),
  ...(['openedAt', 'endedAt', 'askAt'] as const),
]

export const refundStore = {
  async insert(tx: Tx, refund: Refund, openedBy: string | null): Promise<void> {
    await sqlOf(tx)
      .insertInto('duesRefund')
      .values({ ...refund, openedBy })
      .execute()
  },

  /** One, held until the transaction ends. */
  hold: (tx: Tx, countyId: string, id: string): Promise<Refund | undefined> =>
    sqlOf(tx)
      .selectFrom('duesRefund')
      .select(refundKeys)
      .where('countyId', '=', countyId)
      .where('id', '=', id)
      .forUpdate()
      .executeTakeFirst(),

  async change(tx: Tx, id: string, change: Partial<Refund>): Promise<void> {
    await sqlOf(tx).updateTable('duesRefund').set(change).where('id', '=', id).execute()
  },

  /** The newest of each order. */
  async ofOrders(tx: Tx, orderIds: readonly string[]): Promise<Map<string, Refund>> {
    const rows = await sqlOf(tx)
      .selectFrom('duesRefund')
      .select(refundKeys)
      .where('orderId', '=', anyOf(orderIds))
      .orderBy('id')
      .execute()
    return new Map(rows.map(row => [row.orderId, row]))
  },

  /** What is on its way back to payers under an account and not booked yet. */
  async openUnder(tx: Tx, keeperId: string): Promise<bigint> {
    const rows = await sqlOf(tx)
      .selectFrom('duesRefund')
      .innerJoin('duesOrder', 'duesOrder.id', 'duesRefund.orderId')
      .select('duesRefund.amountFen')
      .where('duesOrder.keeperId', '=', keeperId)
      .where('duesRefund.askAt', 'is not', null)
      .execute()
    return rows.reduce((sum, { amountFen }) => sum + amountFen, 0n)
  },

  /** The payment that an order was booked as. */
  async paymentOf(tx: Tx, orderId: string): Promise<string | null> {
    const found = await sqlOf(tx)
      .selectFrom('duesPayment')
      .select('id')
      .where('orderId', '=', orderId)
      .executeTakeFirst()
    return found?.id ?? null
  },

  /** As the service itself: in which county a refund is. */
  async countyOf(tx: Tx, id: string): Promise<string | null> {
    const found = await sqlOf(tx).selectFrom('duesRefund').select('countyId').where('id', '=', id).executeTakeFirst()
    return found?.countyId ?? null
  },

  /** As the service itself: after which refunds to ask. */
  toAsk: (tx: Tx, merchantId: string, now: Date, most: number): Promise<{ id: string; countyId: string }[]> =>
    sqlOf(tx)
      .selectFrom('duesRefund')
      .select(['id', 'countyId'])
      .where('merchantId', '=', merchantId)
      .where('askAt', '<=', now)
      .where(livesHere('duesRefund.countyId', true))
      .orderBy('askAt')
      .limit(most)
      .execute(),
}
