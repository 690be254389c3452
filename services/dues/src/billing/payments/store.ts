import { anyOf, countUnder, insertBatch, type Stretch, stretchUnder } from '@linghang/database'
import { sql } from 'kysely'
import { sqlOf, type Tx, type Work } from '../../work.ts'
import { type ToldBill, told } from '../bills/store.ts'
import { isSeen, type Seen } from '../records/store.ts'
import type { OpenBill, Payment, PaymentState, Share } from './payment.ts'

const paymentKeys = [
  ...([
    'id',
    'orgId',
    'memberId',
    'keeperId',
    'accountId',
    'way',
    'kind',
    'payer',
    'payerMemberId',
    'consent',
    'amountFen',
  ] as const),
  ...([
    'rest',
    'duesFen',
    'advanceFen',
    'voluntaryFen',
    'receivedOn',
    'state',
    'journalId',
    'orderId',
    'whyEnded',
  ] as const),
  ...(['recordedBy', 'recordedAt', 'confirmedBy', 'confirmedAt'] as const),
]

const ofOrganisation = (orgId: string | ReturnType<typeof sql<string>>, state: PaymentState | null, tx: Tx) =>
  sqlOf(tx)
    .selectFrom('duesPayment')
    .select(paymentKeys)
    .where('orgId', '=', orgId)
    .$if(state !== null, found => found.where('state', '=', state as PaymentState))

export const paymentStore = {
  async insert(tx: Tx, countyId: string, payment: Payment): Promise<void> {
    await sqlOf(tx)
      .insertInto('duesPayment')
      .values({ ...payment, countyId })
      .execute()
  },

  /** By their own ids, or by those of the journals that booked them. */
  byIds: (tx: Tx, countyId: string, ids: readonly string[], by: 'id' | 'journalId' = 'id'): Promise<Payment[]> =>
    sqlOf(tx)
      .selectFrom('duesPayment')
      .select(paymentKeys)
      .where('countyId', '=', countyId)
      .where(by, '=', anyOf(ids))
      .execute(),

  /** Held until the transaction ends, in the order of their ids. */
  hold: (tx: Tx, countyId: string, ids: readonly string[]): Promise<Payment[]> =>
    sqlOf(tx)
      .selectFrom('duesPayment')
      .select(paymentKeys)
      .where('countyId', '=', countyId)
      .where('id', '=', anyOf(ids))
      .orderBy('id')
      .forUpdate()
      .execute(),

  async change(tx: Tx, id: string, change: Partial<Omit<Payment, 'id'>>): Promise<void> {
    await sqlOf(tx).updateTable('duesPayment').set(change).where('id', '=', id).execute()
  },

  /** What a member owes an organisation and has not paid, the oldest month first; read while the member's bills are held. */
  async openOf(tx: Tx, memberId: string, orgId: string): Promise<OpenBill[]> {
    return sqlOf(tx)
      .selectFrom('duesBill')
      .select(['id', 'month', sql<bigint>`due_fen - waived_fen - paid_fen`.as('openFen')])
      .where('memberId', '=', memberId)
      .where('orgId', '=', orgId)
      .where('settledOn', 'is', null)
      .orderBy('month')
      .execute()
  },

  /**
   * What is paid of bills, or taken back where it is below zero; the last fen settles them on the day it was received. What
   * is not owed after all stays so: what was paid of it by mistake and goes back is not open again.
   */
  async pay(tx: Tx, shares: readonly Share[], receivedOn: string): Promise<ToldBill[]> {
    const { rows } = await sql<ToldBill>`update dues_bill b
      set paid_fen = b.paid_fen + s.fen, version = b.version + 1,
        waived_fen = case when b.withdrawn is null then b.waived_fen else b.due_fen - b.paid_fen - s.fen end,
        settled_on = case when b.withdrawn is not null then b.settled_on
          when b.due_fen = b.waived_fen + b.paid_fen + s.fen then ${receivedOn}::date end
      from unnest(${shares.map(({ billId }) => billId)}::uuid[], ${shares.map(({ amountFen }) => `${amountFen}`)}::bigint[]) as s (id, fen)
      where b.id = s.id
      returning ${told}`.execute(sqlOf(tx))
    return rows
  },

  async insertShares(
    { tx, actor, now }: Work,
    { id, orgId, memberId }: Payment,
    shares: readonly Share[],
  ): Promise<void> {
    const before = await sqlOf(tx)
      .selectFrom('duesPaymentShare')
      .select(({ fn }) => ['billId', fn.max('n').as('n')])
      .where('paymentId', '=', id)
      .groupBy('billId')
      .execute()
    const last = new Map(before.map(({ billId, n }) => [billId, n]))
    const rows = shares.map(share => ({
      ...{ ...share, paymentId: id, orgId, memberId, countyId: actor.countyId, sharedAt: now },
      n: (last.get(share.billId) ?? 0) + 1,
    }))
    const keys = ['paymentId', 'billId', 'n', 'countyId', 'orgId', 'memberId', 'amountFen', 'sharedAt'] as const
    await insertBatch(sqlOf(tx), 'duesPaymentShare', keys, rows).execute()
  },

  /** What a payment has paid of which bill, all in all. */
  async sharesOf(tx: Tx, paymentIds: readonly string[]): Promise<Map<string, (Share & { month: string })[]>> {
    const rows = await sqlOf(tx)
      .selectFrom('duesPaymentShare as share')
      .innerJoin('duesBill as bill', 'bill.id', 'share.billId')
      .select([
        'share.paymentId',
        'share.billId',
        'bill.month',
        sql<bigint>`sum(share.amount_fen)::bigint`.as('amountFen'),
      ])
      .where('share.paymentId', '=', anyOf(paymentIds))
      .groupBy(['share.paymentId', 'share.billId', 'bill.month'])
      .having(sql<boolean>`sum(share.amount_fen) <> 0`)
      .orderBy('bill.month')
      .execute()
    return Map.groupBy(rows, ({ paymentId }) => paymentId)
  },

  /** Payments with something left for months to come, whose member has an open bill there; of these members, or the next in a county. */
  async aheadOf(tx: Tx, countyId: string, atMost: number): Promise<{ id: string; memberId: string }[]> {
    const { rows } = await sql<{ id: string; memberId: string }>`
      select p.id, p.member_id from dues_payment p
      where p.county_id = ${countyId}::uuid and p.state = 'CONFIRMED' and p.advance_fen > 0
        and exists (select from dues_bill b where b.member_id = p.member_id and b.org_id = p.org_id and b.settled_on is null)
      order by p.member_id, p.id limit ${atMost}`.execute(sqlOf(tx))
    return rows
  },

  ofMembers: (tx: Tx, memberIds: readonly string[], seen: Seen, stretch: Stretch): Promise<Map<string, Payment[]>> =>
    stretchUnder(
      sqlOf(tx),
      memberIds,
      memberId =>
        sqlOf(tx).selectFrom('duesPayment').select(paymentKeys).where('memberId', '=', memberId).where(isSeen(seen)),
      stretch,
      { by: ['id'], descending: true },
    ),
  countOfMembers: (tx: Tx, memberIds: readonly string[], seen: Seen): Promise<Map<string, number>> =>
    countUnder(sqlOf(tx), memberIds, memberId =>
      sqlOf(tx).selectFrom('duesPayment').select('id').where('memberId', '=', memberId).where(isSeen(seen)),
    ),

  ofOrganisations: (
    tx: Tx,
    orgIds: readonly string[],
    state: PaymentState | null,
    stretch: Stretch,
  ): Promise<Map<string, Payment[]>> =>
    stretchUnder(sqlOf(tx), orgIds, orgId => ofOrganisation(orgId, state, tx), stretch, {
      by: ['id'],
      descending: true,
    }),
  countOfOrganisations: (tx: Tx, orgIds: readonly string[], state: PaymentState | null): Promise<Map<string, number>> =>
    countUnder(sqlOf(tx), orgIds, orgId => ofOrganisation(orgId, state, tx)),
}
