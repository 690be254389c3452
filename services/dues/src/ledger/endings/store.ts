import { sql } from 'kysely'
import { sqlOf, type Tx } from '../../work.ts'

/** An account of an organisation that has ended, of which something is free, and the account to which it goes. */
export type Left = {
  accountId: string
  keeperId: string
  code: string
  /** Null for what it had of its own free use. */
  fundName: string | null
  purpose: string | null
  toAccountId: string
  toOrgId: string
}

export const endedStore = {
  /** What is told later of one that is known says nothing new. */
  async write(tx: Tx, countyId: string, ended: { orgId: string; successorId: string | null; endedOn: string }) {
    await sqlOf(tx)
      .insertInto('endedOrganisation')
      .values({ ...ended, countyId })
      .onConflict(found => found.column('orgId').doNothing())
      .execute()
  },

  /**
   * What organisations that have ended still have and nobody holds: it goes to the one that follows, under the same account at
   * the bank, or to the committee whose that is. What is the centre's (党费规定 2008, art. 11) goes its own way.
   */
  async left(tx: Tx, countyId: string, most: number): Promise<Left[]> {
    const { rows } = await sql<Left>`
      select v.id as account_id, v.keeper_id, n.code, f.name as fund_name, f.purpose, t.id as to_account_id, t.org_id as to_org_id
      from ended_organisation e
      join org_node n on n.id = e.org_id
      join ledger_account v on v.org_id = e.org_id and v.kind in ('VIRTUAL', 'EARMARKED')
      join ledger_balance b on b.account_id = v.id and b.balance_fen > b.held_fen
      left join ledger_fund f on f.account_id = v.id
      join ledger_account k on k.id = v.keeper_id
      join lateral (
        select a.id, a.org_id from ledger_account a
        where a.kind = 'VIRTUAL' and a.keeper_id = v.keeper_id and a.org_id in (e.successor_id, k.org_id) and a.org_id <> e.org_id
        order by (a.org_id = e.successor_id) desc nulls last limit 1) t on true
      where e.county_id = ${countyId}::uuid and f.purpose is distinct from 'TO_CENTRE'
      order by v.id limit ${most}`.execute(sqlOf(tx))
    return rows
  },

  /** A fund of an organisation for that purpose under the same account; the oldest. */
  async fundFor(tx: Tx, keeperId: string, orgId: string, purpose: string): Promise<string | null> {
    const { rows } = await sql<{ accountId: string }>`
      select account_id from ledger_fund where keeper_id = ${keeperId}::uuid and org_id = ${orgId}::uuid and purpose = ${purpose}
      order by account_id limit 1`.execute(sqlOf(tx))
    return rows[0]?.accountId ?? null
  },
}
