import { sql } from 'kysely'
import { sqlOf, type Tx } from '../../work.ts'
import type { BookPeriod, BookSum } from './book.ts'
import { booked, isIn, reason } from './store.ts'

export const yearStore = {
  /** What moved all accounts of an organisation with all below it within a year and before it. */
  async sumsUnder(tx: Tx, countyId: string, orgId: string, { from, until }: BookPeriod): Promise<BookSum[]> {
    const { rows } = await sql<BookSum>`
      select case when j.counts_on < ${from}::date then null else ${from} end as month, ${reason} as reason, s.use,
        coalesce(sum(e.amount_fen) filter (where ${isIn}), 0)::bigint as in_fen,
        coalesce(-sum(e.amount_fen) filter (where not ${isIn}), 0)::bigint as out_fen, count(*)::int as entries
      from ${booked} join ledger_account a on a.id = e.account_id
      where a.county_id = ${countyId}::uuid and a.kind in ('VIRTUAL', 'EARMARKED')
        and a.org_id = any (app.orgs_under('{' || ${orgId} || '}')) and j.counts_on <= ${until}::date
      group by 1, 2, 3`.execute(sqlOf(tx))
    return rows
  },

  /**
   * Of the committees at whose banks the money of an organisation with all below it lies or lay in a year, the first whose
   * books of that year are not closed: its code; null where all are.
   */
  async openBooks(tx: Tx, countyId: string, orgId: string, year: number): Promise<string | null> {
    const { rows } = await sql<{ code: string }>`
      select k.code from (
        select distinct a.keeper_id from ledger_account a
        where a.county_id = ${countyId}::uuid and a.kind in ('VIRTUAL', 'EARMARKED')
          and a.org_id = any (app.orgs_under('{' || ${orgId} || '}'))) used
      join ledger_account keeper on keeper.id = used.keeper_id and keeper.opened_on <= make_date(${year}::int, 12, 31)
      join org_node k on k.id = keeper.org_id
      where not exists (select from ledger_closing c where c.keeper_id = keeper.id and c.month = make_date(${year}::int, 12, 1))
      order by k.code limit 1`.execute(sqlOf(tx))
    return rows[0]?.code ?? null
  },
}
