import { anyOf } from '@linghang/database'
import { sqlOf, type Tx } from '../../work.ts'

/** Which journal booked what of a request: what was spent, or what the payee gave back. */
export type Booking = {
  journalId: string
  orgId: string
  spendingId: string
  kind: 'SETTLED' | 'REFUNDED'
  amountFen: bigint
}

export const bookingStore = {
  async insert(tx: Tx, countyId: string, booking: Booking): Promise<void> {
    await sqlOf(tx)
      .insertInto('duesSpendingBooking')
      .values({ ...booking, countyId })
      .execute()
  },

  /** Of which request each of these journals booked something. */
  async spendingsOf(tx: Tx, countyId: string, journalIds: readonly string[]): Promise<Map<string, string>> {
    const rows = await sqlOf(tx)
      .selectFrom('duesSpendingBooking')
      .select(['journalId', 'spendingId'])
      .where('countyId', '=', countyId)
      .where('journalId', '=', anyOf(journalIds))
      .execute()
    return new Map(rows.map(({ journalId, spendingId }) => [journalId, spendingId]))
  },

  /** What has come back of each request, in fen, without what was booked so by mistake. */
  async refundedOf(tx: Tx, countyId: string, spendingIds: readonly string[]): Promise<Map<string, bigint>> {
    const rows = await sqlOf(tx)
      .selectFrom('duesSpendingBooking as back')
      .leftJoin('ledgerJournal as undone', 'undone.reverses', 'back.journalId')
      .select(({ fn }) => ['back.spendingId', fn.sum<bigint>('back.amountFen').as('fen')])
      .where('back.countyId', '=', countyId)
      .where('back.spendingId', '=', anyOf(spendingIds))
      .where('back.kind', '=', 'REFUNDED')
      .where('undone.id', 'is', null)
      .groupBy('back.spendingId')
      .execute()
    return new Map(rows.map(({ spendingId, fen }) => [spendingId, BigInt(fen)]))
  },
}
