import { anyOf } from '@linghang/database'
import { type RawBuilder, sql } from 'kysely'
import { sqlOf, type Tx } from '../../work.ts'
import { spendingReasons } from '../accounts/spending.ts'
import type { Limit, LimitPeriod, Period, Use } from './limit.ts'

export type SetLimit = {
  id: string
  countyId: string
  orgId: string
  accountId: string
  period: LimitPeriod
  /** Null: from then on there is none. */
  limitFen: bigint | null
  effectiveFrom: string
  basis: string
  setAt: Date
  setBy: string | null
}

/**
 * Everything that counts against limits: what was spent and not taken back, on the day for which it counts, and what is
 * held. What was held before it was spent counts on the day on which it was held: it was within the limit then.
 */
export const uses = (accounts: RawBuilder<unknown>, today: RawBuilder<unknown>) => sql`
  select e.account_id, j.counts_on as day, j.posted_at as at, -e.amount_fen as used_fen, 0::bigint as held_fen
  from ledger_entry e join ledger_journal j on j.id = e.journal_id
  where e.account_id in (${accounts}) and j.reason = any (${[...spendingReasons]}::text[])
    and not exists (select from ledger_hold_end x where x.journal_id = j.id)
    and not exists (select from ledger_journal r where r.reverses = j.id)
  union all
  select h.account_id, h.held_on, h.held_at, x.settled_fen, 0
  from ledger_hold h join ledger_hold_end x on x.hold_id = h.id
  where h.account_id in (${accounts}) and x.how = 'SETTLED'
    and not exists (select from ledger_journal r where r.reverses = x.journal_id)
  union all
  select h.account_id, h.held_on, h.held_at, 0, h.amount_fen
  from ledger_hold h where h.account_id in (${accounts}) and h.lapses_on >= ${today}
    and not exists (select from ledger_hold_end x where x.hold_id = h.id)`

export const limitStore = {
  async insert(tx: Tx, limit: SetLimit): Promise<void> {
    await sqlOf(tx).insertInto('ledgerLimit').values(limit).execute()
  },

  /** What is in force on a day: of each period the one that began last, and of those of a day the one that was set last. */
  async inForce(tx: Tx, accountIds: readonly string[], on: string): Promise<Limit[]> {
    const rows = await sqlOf(tx)
      .selectFrom('ledgerLimit')
      .distinctOn(['accountId', 'period'])
      .select(['accountId', 'period', 'limitFen'])
      .where('accountId', '=', anyOf(accountIds))
      .where('effectiveFrom', '<=', on)
      .orderBy('accountId')
      .orderBy('period')
      .orderBy('effectiveFrom', 'desc')
      .orderBy('setAt', 'desc')
      .orderBy('id', 'desc')
      .execute()
    return rows.flatMap(({ limitFen, ...row }) => (limitFen === null ? [] : [{ ...row, limitFen }]))
  },

  /** What was used and is held of each account in each of these periods; in their order. */
  async usesOf(tx: Tx, asked: readonly (Period & { accountId: string })[], today: string): Promise<Use[]> {
    const ids = [...new Set(asked.map(({ accountId }) => accountId))]
    const { rows } = await sql<Use>`
      select coalesce(sum(u.used_fen), 0)::bigint as used_fen, coalesce(sum(u.held_fen), 0)::bigint as held_fen
      from unnest(${asked.map(({ accountId }) => accountId)}::uuid[], ${asked.map(({ from }) => from)}::date[],
        ${asked.map(({ until }) => until)}::date[]) with ordinality as p (account_id, first, last, place)
      left join (${uses(sql`select unnest(${ids}::uuid[])`, sql`${today}::date`)}) u
        on u.account_id = p.account_id and u.day between p.first and p.last
      group by p.place order by p.place`.execute(sqlOf(tx))
    return rows
  },
}
