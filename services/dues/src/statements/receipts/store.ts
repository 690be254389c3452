import { anyOf, countUnder, insertBatch, type Stretch, stretchUnder } from '@linghang/database'
import { sql } from 'kysely'
import { isSeen, type Seen } from '../../billing/records/store.ts'
import { sqlOf, type Tx } from '../../work.ts'
import type { Receipt, ReceiptLine } from './receipt.ts'

const writtenKeys = [
  ...(['id', 'orgId', 'memberId', 'year', 'number', 'kind', 'orgName', 'amountFen', 'fromOn', 'untilOn'] as const),
  ...(['issuedOn', 'issuedAt', 'issuedBy', 'voidedAt', 'voidReason'] as const),
]

const receipts = (tx: Tx) =>
  sqlOf(tx)
    .selectFrom('duesReceipt')
    .select(writtenKeys)
    .select(({ exists, selectFrom }) =>
      exists(
        selectFrom('duesReceiptPayment')
          .innerJoin('duesPayment', 'duesPayment.id', 'duesReceiptPayment.paymentId')
          .select('duesPayment.id')
          .whereRef('duesReceiptPayment.receiptId', '=', 'duesReceipt.id')
          .where('duesPayment.state', '<>', 'CONFIRMED'),
      )
        .$castTo<boolean>()
        .as('takenBack'),
    )

export const receiptStore = {
  /** The next number of an organisation in a year; nobody else gets one there until this transaction ends. */
  async nextNumber(tx: Tx, countyId: string, orgId: string, year: number): Promise<number> {
    const { rows } = await sql<{ last: number }>`insert into dues_receipt_series (org_id, year, county_id, last)
      values (${orgId}::uuid, ${year}, ${countyId}::uuid, 1)
      on conflict (org_id, year) do update set last = dues_receipt_series.last + 1
      returning last`.execute(sqlOf(tx))
    return (rows[0] as { last: number }).last
  },

  async insert(
    tx: Tx,
    countyId: string,
    { takenBack: _, ...receipt }: Receipt,
    paymentIds: readonly string[],
    lines: readonly ReceiptLine[],
  ): Promise<void> {
    const db = sqlOf(tx)
    await db
      .insertInto('duesReceipt')
      .values({ ...receipt, countyId })
      .execute()
    const whose = { receiptId: receipt.id, countyId, orgId: receipt.orgId, memberId: receipt.memberId }
    await insertBatch(
      db,
      'duesReceiptPayment',
      ['receiptId', 'paymentId', 'countyId', 'orgId', 'memberId', 'good'],
      paymentIds.map(paymentId => ({ ...whose, paymentId, good: true })),
    ).execute()
    await insertBatch(
      db,
      'duesReceiptLine',
      ['receiptId', 'n', 'countyId', 'orgId', 'memberId', 'item', 'month', 'amountFen'],
      lines.map((line, i) => ({ ...whose, ...line, n: i + 1 })),
    ).execute()
  },

  /** The numbers of the good receipts that payments have. */
  async goodOf(tx: Tx, paymentIds: readonly string[]): Promise<{ year: number; number: number }[]> {
    return sqlOf(tx)
      .selectFrom('duesReceiptPayment')
      .innerJoin('duesReceipt', 'duesReceipt.id', 'duesReceiptPayment.receiptId')
      .select(['duesReceipt.year', 'duesReceipt.number'])
      .where('duesReceiptPayment.paymentId', '=', anyOf(paymentIds))
      .where('duesReceiptPayment.good', '=', true)
      .execute()
  },

  /** Confirmed payments of a member to an organisation, received between two days, that have no good receipt; the oldest first. */
  async withoutReceipt(
    tx: Tx,
    { memberId, orgId, from, until }: { memberId: string; orgId: string; from: string; until: string },
    most: number,
  ): Promise<string[]> {
    const rows = await sqlOf(tx)
      .selectFrom('duesPayment')
      .select('id')
      .where('memberId', '=', memberId)
      .where('orgId', '=', orgId)
      .where('state', '=', 'CONFIRMED')
      // For each large due there is a paper of its own, by whoever takes it for the centre.
      .where('kind', '=', 'DUES')
      .where('receivedOn', '>=', from)
      .where('receivedOn', '<=', until)
      .where(({ exists, not, selectFrom }) =>
        not(
          exists(
            selectFrom('duesReceiptPayment')
              .select('duesReceiptPayment.paymentId')
              .whereRef('duesReceiptPayment.paymentId', '=', 'duesPayment.id')
              .where('duesReceiptPayment.good', '=', true),
          ),
        ),
      )
      .orderBy('id')
      .limit(most)
      .execute()
    return rows.map(({ id }) => id)
  },

  byIds: (tx: Tx, countyId: string, ids: readonly string[]): Promise<Receipt[]> =>
    receipts(tx).where('countyId', '=', countyId).where('id', '=', anyOf(ids)).execute(),

  /** Held until the transaction ends. */
  async hold(tx: Tx, countyId: string, id: string): Promise<void> {
    await sqlOf(tx)
      .selectFrom('duesReceipt')
      .select('id')
      .where('countyId', '=', countyId)
      .where('id', '=', id)
      .forUpdate()
      .execute()
  },

  async void(tx: Tx, id: string, by: { voidedAt: Date; voidedBy: string | null; voidReason: string }): Promise<void> {
    await sqlOf(tx).updateTable('duesReceipt').set(by).where('id', '=', id).execute()
    await sqlOf(tx).updateTable('duesReceiptPayment').set({ good: false }).where('receiptId', '=', id).execute()
  },

  /** The good receipt of each payment, or the last that was voided. */
  async ofPayments(tx: Tx, paymentIds: readonly string[]): Promise<Map<string, string>> {
    const rows = await sqlOf(tx)
      .selectFrom('duesReceiptPayment')
      .select(({ fn, ref }) => ['paymentId', sql<string>`max(${ref('receiptId')}::text)`.as('receiptId')])
      .where('paymentId', '=', anyOf(paymentIds))
      .groupBy('paymentId')
      .execute()
    return new Map(rows.map(({ paymentId, receiptId }) => [paymentId, receiptId]))
  },

  async linesOf(tx: Tx, ids: readonly string[]): Promise<Map<string, ReceiptLine[]>> {
    const rows = await sqlOf(tx)
      .selectFrom('duesReceiptLine')
      .select(['receiptId', 'item', 'month', 'amountFen'])
      .where('receiptId', '=', anyOf(ids))
      .orderBy('receiptId')
      .orderBy('n')
      .execute()
    return Map.groupBy(rows, ({ receiptId }) => receiptId)
  },

  ofMembers: (tx: Tx, memberIds: readonly string[], seen: Seen, stretch: Stretch): Promise<Map<string, Receipt[]>> =>
    stretchUnder(
      sqlOf(tx),
      memberIds,
      memberId => receipts(tx).where('memberId', '=', memberId).where(isSeen(seen)),
      stretch,
      { by: ['id'], descending: true },
    ),
  countOfMembers: (tx: Tx, memberIds: readonly string[], seen: Seen): Promise<Map<string, number>> =>
    countUnder(sqlOf(tx), memberIds, memberId =>
      sqlOf(tx).selectFrom('duesReceipt').select('id').where('memberId', '=', memberId).where(isSeen(seen)),
    ),
}
