import { anyOf, batchOf } from '@linghang/database'
import { sql } from 'kysely'
import { sqlOf, type Tx, type Work } from '../../work.ts'
import type { Balance } from './balance.ts'

type Moment = Pick<Work, 'tx' | 'actor' | 'now' | 'today'>

/** Holds whose day is past and that nobody has ended. */
const past = (today: string) => sql`
  select h.id, h.county_id, h.org_id, h.account_id, h.amount_fen from ledger_hold h
  where h.lapses_on < ${today}::date and not exists (select from ledger_hold_end e where e.hold_id = h.id)`

/** Balances that are locked, with what was held of them until a day that is past given free. */
async function freed(moment: Moment, locked: Balance[]): Promise<Balance[]> {
  const held = locked.filter(({ heldFen }) => heldFen > 0n).map(({ accountId }) => accountId)
  if (held.length === 0) return locked
  const heldNow = await balanceStore.lapse(moment, held)
  return locked.map(balance => ({ ...balance, heldFen: heldNow.get(balance.accountId) ?? balance.heldFen }))
}

export const balanceStore = {
  /**
   * Balances, held until the transaction ends, in the order of their accounts' ids; so those who meet wait for each other
   * and none deadlocks. What was held of them until a day that is past is free.
   */
  async lock(moment: Moment, accountIds: readonly string[]): Promise<Balance[]> {
    const locked = await sqlOf(moment.tx)
      .selectFrom('ledgerBalance')
      .innerJoin('ledgerAccount', 'ledgerAccount.id', 'ledgerBalance.accountId')
      .leftJoin('ledgerFund', 'ledgerFund.accountId', 'ledgerBalance.accountId')
      .select([
        'ledgerFund.purpose',
        ...([
          'ledgerBalance.accountId',
          'ledgerAccount.keeperId',
          'ledgerBalance.orgId',
          'ledgerBalance.kind',
        ] as const),
        ...(['ledgerBalance.balanceFen', 'ledgerBalance.heldFen', 'ledgerBalance.moves'] as const),
      ])
      .where('ledgerBalance.accountId', '=', anyOf(accountIds))
      .where('ledgerBalance.countyId', '=', moment.actor.countyId)
      .orderBy('ledgerBalance.accountId')
      .forUpdate('ledgerBalance')
      .execute()
    return freed(moment, locked)
  },

  /**
   * The same of what a journal moves under a real account, and up to and with which month its books are closed: held too,
   * so that none is closed before this is written.
   */
  async lockToPost(
    moment: Moment,
    keeperId: string,
    accountIds: readonly string[],
  ): Promise<{ balances: Balance[]; closedThrough: string | null }> {
    const { rows } = await sql<Balance & { closedThrough: string | null }>`
      select * from app.ledger_lock(${keeperId}::uuid, ${accountIds}::uuid[])`.execute(sqlOf(moment.tx))
    const balances = rows.map(({ closedThrough: _months, ...balance }) => balance)
    return { balances: await freed(moment, balances), closedThrough: rows[0]?.closedThrough ?? null }
  },

  /**
   * Ends what lapsed under accounts whose balances are locked.
   * @returns what is held now of those of which something lapsed
   */
  async lapse({ tx, actor, now, today }: Moment, accountIds: readonly string[]): Promise<Map<string, bigint>> {
    const { rows } = await sql<{ accountId: string; heldFen: bigint }>`
      with lapsed as (select * from (${past(today)}) p where p.account_id = any (${accountIds}::uuid[])),
        ended as (
          insert into ledger_hold_end (hold_id, county_id, org_id, how, settled_fen, ended_at)
          select id, county_id, org_id, 'LAPSED', 0, ${now}::timestamptz from lapsed where county_id = ${actor.countyId}::uuid)
      update ledger_balance b set held_fen = b.held_fen - freed.fen
      from (select account_id, sum(amount_fen)::bigint as fen from lapsed group by account_id) freed
      where b.account_id = freed.account_id
      returning b.account_id, b.held_fen`.execute(sqlOf(tx))
    return new Map(rows.map(({ accountId, heldFen }) => [accountId, heldFen]))
  },

  /** Accounts of which something is held until a day that is past; so many at most. */
  async withLapsed({ tx, actor, today }: Moment, most: number): Promise<string[]> {
    const { rows } = await sql<{ accountId: string }>`
      select distinct account_id from (${past(today)}) p where county_id = ${actor.countyId}::uuid
      order by account_id limit ${most}`.execute(sqlOf(tx))
    return rows.map(({ accountId }) => accountId)
  },

  async move(
    tx: Tx,
    balances: readonly Pick<Balance, 'accountId' | 'balanceFen' | 'heldFen' | 'moves'>[],
  ): Promise<void> {
    await sqlOf(tx)
      .updateTable('ledgerBalance')
      .from(batchOf('ledger_balance', balances))
      .set(({ ref }) => ({
        balanceFen: ref('batch.balanceFen'),
        heldFen: ref('batch.heldFen'),
        moves: ref('batch.moves'),
      }))
      .whereRef('ledgerBalance.accountId', '=', 'batch.accountId')
      .execute()
  },

  /** What accounts have, and how much of it is held today: what lapsed is not, whether or not somebody has ended it. */
  async of(
    tx: Tx,
    accountIds: readonly string[],
    today: string,
  ): Promise<Map<string, { balanceFen: bigint; heldFen: bigint }>> {
    const { rows } = await sql<{ accountId: string; balanceFen: bigint; heldFen: bigint }>`
      select b.account_id, b.balance_fen, b.held_fen - coalesce(
        (select sum(p.amount_fen)::bigint from (${past(today)}) p where b.held_fen > 0 and p.account_id = b.account_id), 0) as held_fen
      from ledger_balance b where b.account_id = any (${accountIds}::uuid[])`.execute(sqlOf(tx))
    return new Map(rows.map(({ accountId, ...balance }) => [accountId, balance]))
  },
}
