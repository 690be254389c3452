import { insertOnce } from '@linghang/database'
import { sql } from 'kysely'
import { sqlOf, type Tx } from '../../work.ts'
import type { SharePolicy, SharesUp } from './share-policy.ts'

type Sums = { orgId: string; kind: string; paidFen: bigint; passedFen: bigint }

export const shareStore = {
  /** What holds of a year's dues: the newest that has begun with it or before. */
  policyOf: (tx: Tx, countyId: string, year: number): Promise<SharePolicy | undefined> =>
    sqlOf(tx)
      .selectFrom('duesSharePolicy')
      .select(['fromYear', 'branchPerMille', 'generalBranchPerMille', 'committeePerMille', 'basis'])
      .where('countyId', '=', countyId)
      .where('fromYear', '<=', year)
      .orderBy('fromYear', 'desc')
      .limit(1)
      .executeTakeFirst(),

  /** @returns false where the county has one of that year */
  async setPolicy(
    tx: Tx,
    policy: SharesUp & { fromYear: number; basis: string; countyId: string; setBy: string | null; setAt: Date },
  ): Promise<boolean> {
    return insertOnce(sqlOf(tx).insertInto('duesSharePolicy').values(policy))
  },

  async insert(
    tx: Tx,
    passed: { journalId: string; countyId: string; orgId: string; year: number; amountFen: bigint },
  ): Promise<void> {
    await sqlOf(tx).insertInto('duesPassedUp').values(passed).execute()
  },

  /**
   * What members of each organisation, with all below it, paid in a year, less what was taken back in it, and what the
   * organisation has passed up of it. One statement, whatever their number.
   */
  async ofYear(tx: Tx, orgIds: readonly string[], year: number): Promise<Sums[]> {
    const { rows } = await sql<Sums>`
      select top.id as org_id, n.kind, paid.fen as paid_fen, passed.fen as passed_fen
      from unnest(${orgIds}::uuid[]) as top (id) join org_node n on n.id = top.id
      cross join lateral (
        select coalesce(sum(e.amount_fen), 0)::bigint as fen
        from ledger_account a join ledger_entry e on e.account_id = a.id join ledger_journal j on j.id = e.journal_id
        left join ledger_journal back on back.id = j.reverses
        where a.org_id = any (app.orgs_under('{' || top.id || '}')) and a.kind = 'VIRTUAL'
          and coalesce(back.reason, j.reason) in ('DUES_PAID', 'FLOATING_MEMBER_DUES')
          and j.counts_on between make_date(${year}::int, 1, 1) and make_date(${year}::int, 12, 31)) paid
      cross join lateral (
        select coalesce(sum(p.amount_fen), 0)::bigint as fen from dues_passed_up p
        where p.org_id = top.id and p.year = ${year}::int
          and not exists (select from ledger_journal back where back.reverses = p.journal_id)) passed`.execute(
      sqlOf(tx),
    )
    return rows
  },

  async superiorOf(tx: Tx, countyId: string, orgId: string): Promise<string | null> {
    const found = await sqlOf(tx)
      .selectFrom('orgNode')
      .select('superiorId')
      .where('countyId', '=', countyId)
      .where('id', '=', orgId)
      .executeTakeFirst()
    return found?.superiorId ?? null
  },
}
