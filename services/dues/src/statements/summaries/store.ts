import { sql } from 'kysely'
import { sqlOf, type Tx } from '../../work.ts'

export const summaryStore = {
  /** Who stands directly below each organisation, in the order of their codes, so many at most; one statement for all. */
  async directlyBelow(
    tx: Tx,
    countyId: string,
    orgIds: readonly string[],
    most: number,
  ): Promise<Map<string, string[]>> {
    const { rows } = await sql<{ superiorId: string; id: string }>`
      select top.id as superior_id, n.id from unnest(${orgIds}::uuid[]) as top (id)
      cross join lateral (
        select id from org_node where county_id = ${countyId}::uuid and superior_id = top.id order by code limit ${most}) n`.execute(
      sqlOf(tx),
    )
    const found = Map.groupBy(rows, ({ superiorId }) => superiorId)
    return new Map([...found].map(([superiorId, below]) => [superiorId, below.map(({ id }) => id)]))
  },
}
