import { anyOf, type Stretch, stretchUnder } from '@linghang/database'
import { type RawBuilder, sql } from 'kysely'
import { sqlOf, type Tx } from '../../work.ts'
import type { BookHold, BookHolds, BookLine, BookPeriod, BookSum } from './book.ts'

/** Of how many holds a book tells each by itself. */
const holdsShown = 100

/**
 * Entries with what they were for: what takes a journal back is told by that journal's reason, use and papers, and stands on
 * its side in red.
 */
export const booked = sql`
  ledger_entry e join ledger_journal j on j.id = e.journal_id
  left join ledger_journal o on o.id = j.reverses
  left join dues_spending_booking b on b.journal_id = coalesce(o.id, j.id)
  left join dues_spending s on s.id = b.spending_id`
export const reason = sql`coalesce(o.reason, j.reason)`
export const isIn = sql`((e.amount_fen > 0) = (j.reverses is null))`

const papers = sql<string[]>`array(
  select v.number from dues_voucher v where v.spending_id = s.id and v.voided_at is null order by v.id limit 50)
  || array(
  select r.year || '-' || lpad(r.number::text, 6, '0') from dues_payment p
  join dues_receipt_payment rp on rp.payment_id = p.id and rp.good join dues_receipt r on r.id = rp.receipt_id
  where p.journal_id = coalesce(o.id, j.id) limit 1)`

const linesAt = (accountId: RawBuilder<string>, { from, until }: BookPeriod) => sql<BookLine>`(
  select t.* from (
    select e.account_id, e.journal_id, j.counts_on::text as counts_on, e.n, ${reason} as reason, j.reverses is not null as takes_back,
      s.use, j.note, s.purpose, s.payee, ${papers} as evidence,
      case when ${isIn} then e.amount_fen else 0 end as in_fen, case when ${isIn} then 0 else -e.amount_fen end as out_fen,
      (sum(e.amount_fen) over (order by j.counts_on, e.n))::bigint as balance_fen
    from ${booked} where e.account_id = ${accountId} and j.counts_on <= ${until}::date) t
  where t.counts_on >= ${from})`

export const bookStore = {
  /** What moved accounts in each month of a period and before it, by reason and use; one statement for all. */
  async sumsOf(tx: Tx, accountIds: readonly string[], { from, until }: BookPeriod): Promise<Map<string, BookSum[]>> {
    const { rows } = await sql<BookSum>`
      select e.account_id, case when j.counts_on < ${from}::date then null else date_trunc('month', j.counts_on)::date::text end as month,
        ${reason} as reason, s.use, coalesce(sum(e.amount_fen) filter (where ${isIn}), 0)::bigint as in_fen,
        coalesce(-sum(e.amount_fen) filter (where not ${isIn}), 0)::bigint as out_fen, count(*)::int as entries
      from ${booked} where e.account_id = any (${accountIds}::uuid[]) and j.counts_on <= ${until}::date
      group by 1, 2, 3, 4`.execute(sqlOf(tx))
    return Map.groupBy(rows, ({ accountId }) => accountId)
  },

  /** The `size` + 1 entries of a stretch of each account's in a period, by the days for which they count. */
  linesIn: (
    tx: Tx,
    accountIds: readonly string[],
    period: BookPeriod,
    stretch: Stretch,
  ): Promise<Map<string, BookLine[]>> =>
    stretchUnder(sqlOf(tx), accountIds, accountId => linesAt(accountId, period), stretch, { by: ['countsOn', 'n'] }),

  /** What was held of accounts when a day ended: neither spent nor given free by then, nor lapsed. */
  async holdsAt(tx: Tx, accountIds: readonly string[], day: string): Promise<Map<string, BookHolds>> {
    const { rows } = await sql<BookHold & { heldFen: bigint }>`
      select * from (
        select h.id, h.account_id, h.amount_fen, h.held_on::text as held_on, h.lapses_on::text as lapses_on,
          (sum(h.amount_fen) over (partition by h.account_id))::bigint as held_fen,
          row_number() over (partition by h.account_id order by h.held_on, h.id) as place
        from ledger_hold h
        where h.account_id = any (${accountIds}::uuid[]) and h.held_on <= ${day}::date and h.lapses_on >= ${day}::date
          and not exists (select from ledger_hold_end x where x.hold_id = h.id
            and x.ended_at < (${day}::date + 1)::timestamp at time zone 'Asia/Shanghai')) held
      where place <= ${holdsShown} order by account_id, place`.execute(sqlOf(tx))
    const found = Map.groupBy(rows, ({ accountId }) => accountId)
    return new Map([...found].map(([id, holds]) => [id, { heldFen: holds[0]?.heldFen ?? 0n, holds }]))
  },

  /** Up to and with which month the books of the accounts under which these stand are closed, as its first day. */
  async closedThrough(tx: Tx, accountIds: readonly string[]): Promise<Map<string, string>> {
    const rows = await sqlOf(tx)
      .selectFrom('ledgerAccount')
      .innerJoin('ledgerClosing', 'ledgerClosing.keeperId', 'ledgerAccount.keeperId')
      .select(({ fn }) => ['ledgerAccount.id', fn.max('ledgerClosing.month').as('month')])
      .where('ledgerAccount.id', '=', anyOf(accountIds))
      .groupBy('ledgerAccount.id')
      .execute()
    return new Map(rows.map(({ id, month }) => [id, month]))
  },
}
