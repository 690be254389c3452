import { anyOf, countUnder, insertBatch, type Stretch, stretchUnder } from '@linghang/database'
import { sql } from 'kysely'
import { sqlOf, type Tx, type Work } from '../../work.ts'
import type { Bill, NewBill } from './bill.ts'

const billKeys = [
  ...(['id', 'memberId', 'orgId', 'month', 'category', 'baseFen', 'dueFen', 'waivedFen', 'paidFen'] as const),
  ...(['settledOn', 'withdrawn'] as const),
]
const newKeys = [
  ...([
    'id',
    'countyId',
    'memberId',
    'orgId',
    'month',
    'category',
    'baseFen',
    'dueFen',
    'waivedFen',
    'settledOn',
  ] as const),
  'billedAt' as const,
]

/** What those who hear of a bill are told from. */
export type ToldBill = Bill & { version: bigint }
export const told = sql`b.id, b.member_id, b.org_id, b.month, b.category, b.base_fen, b.due_fen, b.waived_fen, b.paid_fen,
  b.settled_on, b.withdrawn, b.version`

export const billStore = {
  /** One statement for all; a bill that is there already stays as it is. @returns how many are new */
  async insert({ tx, actor, now, newId }: Work, bills: readonly NewBill[]): Promise<number> {
    if (bills.length === 0) return 0
    const rows = bills.map(bill => ({ ...bill, id: newId(), countyId: actor.countyId, billedAt: now }))
    const { numInsertedOrUpdatedRows } = await insertBatch(sqlOf(tx), 'duesBill', newKeys, rows)
      .onConflict(found => found.columns(['memberId', 'month']).doNothing())
      .executeTakeFirst()
    return Number(numInsertedOrUpdatedRows)
  },

  /** What is not owed after all is open no more; what was paid of it stays. */
  async withdraw(tx: Tx, bills: readonly { id: string; why: string }[], today: string): Promise<ToldBill[]> {
    if (bills.length === 0) return []
    const { rows } =
      await sql<ToldBill>`update dues_bill b set withdrawn = w.why, version = b.version + 1, waived_fen = b.due_fen - b.paid_fen,
        settled_on = coalesce(b.settled_on, ${today}::date)
      from unnest(${bills.map(({ id }) => id)}::uuid[], ${bills.map(({ why }) => why)}::text[]) as w (id, why)
      where b.id = w.id
      returning ${told}`.execute(sqlOf(tx))
    return rows
  },

  async restore(tx: Tx, bills: readonly { id: string }[], today: string): Promise<ToldBill[]> {
    if (bills.length === 0) return []
    const { rows } = await sql<ToldBill>`update dues_bill b set withdrawn = null, version = version + 1, waived_fen = 0,
        settled_on = case when paid_fen = due_fen then coalesce(settled_on, ${today}::date) end
      where id = any (${bills.map(({ id }) => id)}::uuid[]) returning ${told}`.execute(sqlOf(tx))
    return rows
  },

  /** What is waived of bills as waivers have it now; settled where nothing is left, open again where something is. */
  async rewaive(tx: Tx, bills: readonly { id: string; waivedFen: bigint }[], today: string): Promise<ToldBill[]> {
    if (bills.length === 0) return []
    const { rows } = await sql<ToldBill>`update dues_bill b set waived_fen = w.fen, version = b.version + 1,
        settled_on = case when b.due_fen = b.paid_fen + w.fen then coalesce(b.settled_on, ${today}::date) end
      from unnest(${bills.map(({ id }) => id)}::uuid[], ${bills.map(({ waivedFen }) => `${waivedFen}`)}::bigint[]) as w (id, fen)
      where b.id = w.id
      returning ${told}`.execute(sqlOf(tx))
    return rows
  },

  byIds: (tx: Tx, countyId: string, ids: readonly string[]): Promise<Bill[]> =>
    sqlOf(tx)
      .selectFrom('duesBill')
      .select(billKeys)
      .where('countyId', '=', countyId)
      .where('id', '=', anyOf(ids))
      .execute(),

  /** A year's bills of each member, month by month; 12 a member at most. */
  async ofYears(tx: Tx, countyId: string, memberIds: readonly string[], from: string, until: string): Promise<Bill[]> {
    return sqlOf(tx)
      .selectFrom('duesBill')
      .select(billKeys)
      .where('countyId', '=', countyId)
      .where('memberId', '=', anyOf(memberIds))
      .where('month', '>=', from)
      .where('month', '<', until)
      .orderBy('memberId')
      .orderBy('month')
      .execute()
  },

  /** Bills of a month under each organisation itself, in the order of its members; one statement for all. */
  ofMonth: (
    tx: Tx,
    orgIds: readonly string[],
    { month, open, stretch }: { month: string; open: boolean | null; stretch: Stretch },
  ): Promise<Map<string, Bill[]>> =>
    stretchUnder(
      sqlOf(tx),
      orgIds,
      orgId =>
        sqlOf(tx)
          .selectFrom('duesBill')
          .select(billKeys)
          .where('orgId', '=', orgId)
          .where('month', '=', month)
          .$if(open !== null, found => found.where('settledOn', open ? 'is' : 'is not', null)),
      stretch,
      { by: ['memberId'] },
    ),

  countOfMonth: (
    tx: Tx,
    orgIds: readonly string[],
    { month, open }: { month: string; open: boolean | null },
  ): Promise<Map<string, number>> =>
    countUnder(sqlOf(tx), orgIds, orgId =>
      sqlOf(tx)
        .selectFrom('duesBill')
        .select('id')
        .where('orgId', '=', orgId)
        .where('month', '=', month)
        .$if(open !== null, found => found.where('settledOn', open ? 'is' : 'is not', null)),
    ),
}
