import { anyOf, countUnder, type Stretch, stretchUnder } from '@linghang/database'
import { sql } from 'kysely'
import { sqlOf, type Tx } from '../../work.ts'
import { type Hold, type HoldEnd, stateOf, type ToldHold } from './hold.ts'

const holdKeys = [
  ...(['id', 'accountId', 'orgId', 'amountFen', 'lapsesOn', 'reason', 'note', 'heldOn', 'heldAt', 'heldBy'] as const),
]

/** Holds with their ends; `open` 1 for those that still hold on a day. */
const told = (tx: Tx, today: string) =>
  sqlOf(tx)
    .selectFrom('ledgerHold')
    .leftJoin('ledgerHoldEnd', 'ledgerHoldEnd.holdId', 'ledgerHold.id')
    .select([
      ...(['ledgerHold.id', 'ledgerHold.accountId', 'ledgerHold.orgId', 'ledgerHold.amountFen'] as const),
      ...(['ledgerHold.lapsesOn', 'ledgerHold.reason', 'ledgerHold.note', 'ledgerHold.heldOn'] as const),
      ...(['ledgerHold.heldAt', 'ledgerHoldEnd.how', 'ledgerHoldEnd.settledFen'] as const),
      ...(['ledgerHoldEnd.journalId', 'ledgerHoldEnd.endedAt'] as const),
      sql<number>`(ledger_hold_end.hold_id is null and ledger_hold.lapses_on >= ${today}::date)::int`.as('open'),
    ])

type ToldRow = Omit<Hold, 'heldBy'> & {
  [Key in 'how' | 'settledFen' | 'journalId' | 'endedAt']: HoldEnd[Key] | null
}
const holdOf = ({ how, settledFen, journalId, endedAt, ...hold }: ToldRow, today: string): ToldHold => ({
  ...hold,
  state: stateOf(hold.lapsesOn, how, today),
  end: endedAt === null ? null : { settledFen: settledFen ?? 0n, journalId, endedAt },
})

export const holdStore = {
  async insert(tx: Tx, countyId: string, hold: Hold): Promise<void> {
    await sqlOf(tx)
      .insertInto('ledgerHold')
      .values({ ...hold, countyId })
      .execute()
  },

  async insertEnd(tx: Tx, countyId: string, end: HoldEnd): Promise<void> {
    await sqlOf(tx)
      .insertInto('ledgerHoldEnd')
      .values({ ...end, countyId })
      .execute()
  },

  byIds: (tx: Tx, countyId: string, ids: readonly string[]): Promise<Hold[]> =>
    sqlOf(tx)
      .selectFrom('ledgerHold')
      .select(holdKeys)
      .where('countyId', '=', countyId)
      .where('id', '=', anyOf(ids))
      .execute(),

  async endsOf(tx: Tx, ids: readonly string[]): Promise<Map<string, Pick<HoldEnd, 'how'>>> {
    const rows = await sqlOf(tx)
      .selectFrom('ledgerHoldEnd')
      .select(['holdId', 'how'])
      .where('holdId', '=', anyOf(ids))
      .execute()
    return new Map(rows.map(({ holdId, how }) => [holdId, { how }]))
  },

  async toldByIds(tx: Tx, countyId: string, ids: readonly string[], today: string): Promise<ToldHold[]> {
    const rows = await told(tx, today)
      .where('ledgerHold.countyId', '=', countyId)
      .where('ledgerHold.id', '=', anyOf(ids))
      .execute()
    return rows.map(row => holdOf(row, today))
  },

  /** The `size` + 1 holds of a stretch of each account's: those that hold first, then the newest first; one statement. */
  async toldUnder(
    tx: Tx,
    accountIds: readonly string[],
    stretch: Stretch,
    today: string,
  ): Promise<Map<string, (ToldHold & { open: number })[]>> {
    const found = await stretchUnder(
      sqlOf(tx),
      accountIds,
      accountId => told(tx, today).where('ledgerHold.accountId', '=', accountId),
      stretch,
      { by: ['open', 'id'], descending: true },
    )
    return new Map([...found].map(([id, rows]) => [id, rows.map(row => ({ ...holdOf(row, today), open: row.open }))]))
  },

  countUnder: (tx: Tx, accountIds: readonly string[]): Promise<Map<string, number>> =>
    countUnder(sqlOf(tx), accountIds, accountId =>
      sqlOf(tx).selectFrom('ledgerHold').select('id').where('accountId', '=', accountId),
    ),
}
