import { anyOf } from '@linghang/database'
import { sqlOf, type Tx } from '../../work.ts'
import type { Voucher } from './voucher.ts'

const keys = [...(['id', 'orgId', 'spendingId', 'number', 'issuer', 'issuedOn', 'amountFen'] as const)]

export const voucherStore = {
  async insert(
    tx: Tx,
    voucher: Voucher & { countyId: string; recordedBy: string | null; recordedAt: Date },
  ): Promise<void> {
    await sqlOf(tx).insertInto('duesVoucher').values(voucher).execute()
  },

  /** Those that count, by id. */
  byIds: (tx: Tx, countyId: string, ids: readonly string[]): Promise<Voucher[]> =>
    sqlOf(tx)
      .selectFrom('duesVoucher')
      .select(keys)
      .where('countyId', '=', countyId)
      .where('id', '=', anyOf(ids))
      .where('voidedAt', 'is', null)
      .execute(),

  /** Those that count, of each request, in the order in which they came. */
  ofSpendings: (tx: Tx, countyId: string, spendingIds: readonly string[]): Promise<Voucher[]> =>
    sqlOf(tx)
      .selectFrom('duesVoucher')
      .select(keys)
      .where('countyId', '=', countyId)
      .where('spendingId', '=', anyOf(spendingIds))
      .where('voidedAt', 'is', null)
      .orderBy('spendingId')
      .orderBy('id')
      .execute(),

  async voidOf(tx: Tx, spendingId: string, now: Date): Promise<void> {
    await sqlOf(tx)
      .updateTable('duesVoucher')
      .set({ voidedAt: now })
      .where('spendingId', '=', spendingId)
      .where('voidedAt', 'is', null)
      .execute()
  },
}
