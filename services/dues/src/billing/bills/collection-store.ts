import { sql } from 'kysely'
import { sqlOf, type Tx } from '../../work.ts'

/** What members owed for the months of a period, and what came of it. */
export type Collection = {
  orgId: string
  from: string
  until: string
  bills: number
  settledBills: number
  members: number
  membersInArrears: number
  dueFen: bigint
  waivedFen: bigint
  paidFen: bigint
}

export const collectionStore = {
  /** Of each organisation with all below it; one statement for all. @param period the first days of its first and last month */
  async of(
    tx: Tx,
    countyId: string,
    orgIds: readonly string[],
    { from, until }: { from: string; until: string },
  ): Promise<Map<string, Collection>> {
    const { rows } = await sql<Collection>`
      select top.id as org_id, ${from}::text as from, ${until}::text as until,
        count(b.id)::int as bills, count(b.id) filter (where b.settled_on is not null)::int as settled_bills,
        count(distinct b.member_id)::int as members,
        count(distinct b.member_id) filter (where b.settled_on is null)::int as members_in_arrears,
        coalesce(sum(b.due_fen), 0)::bigint as due_fen, coalesce(sum(b.waived_fen), 0)::bigint as waived_fen,
        coalesce(sum(b.paid_fen), 0)::bigint as paid_fen
      from org_node top join org_node n on n.path <@ top.path
      left join dues_bill b on b.org_id = n.id and b.month between ${from}::date and ${until}::date and b.withdrawn is null
      where top.county_id = ${countyId}::uuid and top.id = any (${orgIds}::uuid[])
      group by top.id`.execute(sqlOf(tx))
    return new Map(rows.map(row => [row.orgId, row]))
  },
}
