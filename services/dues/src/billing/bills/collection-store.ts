import { sql } from 'kysely'
import { sqlOf, type Tx } from '../../work.ts'

/** What members owed for the months of a period, and what came of it. */
export type Collection = {
  orgId: string
  from: string
  until: string
  bills: number
  settledBills: number
  /** Of these, how many by the last day of their month (党费规定 2008, art. 12: every month). */
  settledInTime: number
  members: number
  membersInArrears: number
  dueFen: bigint
  waivedFen: bigint
  paidFen: bigint
  /** What members gave in it at once for the centre (大额党费, art. 11), which is none of their dues. */
  largeFen: bigint
}

/** The first days of a time's first and last month. */
export type Months = { from: string; until: string }

export const collectionStore = {
  /** Of each organisation with all below it, for each of some times, in their order; one statement for all. */
  async ofPeriods(
    tx: Tx,
    countyId: string,
    orgIds: readonly string[],
    periods: readonly Months[],
  ): Promise<Map<string, Collection[]>> {
    const { rows } = await sql<Collection>`
      select top.id as org_id, p.from_month::text as from, p.until_month::text as until,
        count(b.id)::int as bills, count(b.id) filter (where b.settled_on is not null)::int as settled_bills,
        count(b.id) filter (where b.settled_on < b.month + interval '1 month')::int as settled_in_time,
        count(distinct b.member_id)::int as members,
        count(distinct b.member_id) filter (where b.settled_on is null)::int as members_in_arrears,
        coalesce(sum(b.due_fen), 0)::bigint as due_fen, coalesce(sum(b.waived_fen), 0)::bigint as waived_fen,
        coalesce(sum(b.paid_fen), 0)::bigint as paid_fen,
        (select coalesce(sum(l.amount_fen), 0)::bigint from org_node m join dues_large_due l on l.org_id = m.id
          where m.path <@ top.path and l.state <> 'TAKEN_BACK' and l.received_on >= p.from_month
            and l.received_on < p.until_month + interval '1 month') as large_fen
      from org_node top
      cross join unnest(${periods.map(({ from }) => from)}::date[], ${periods.map(({ until }) => until)}::date[])
        with ordinality as p (from_month, until_month, n)
      join org_node n on n.path <@ top.path
      left join dues_bill b on b.org_id = n.id and b.month between p.from_month and p.until_month and b.withdrawn is null
      where top.county_id = ${countyId}::uuid and top.id = any (${orgIds}::uuid[])
      group by top.id, top.path, p.n, p.from_month, p.until_month order by top.id, p.n`.execute(sqlOf(tx))
    return Map.groupBy(rows, ({ orgId }) => orgId)
  },

  /** The same for one time. */
  async of(tx: Tx, countyId: string, orgIds: readonly string[], period: Months): Promise<Map<string, Collection>> {
    const found = await this.ofPeriods(tx, countyId, orgIds, [period])
    return new Map([...found].flatMap(([orgId, [collection]]) => (collection ? [[orgId, collection]] : [])))
  },
}
