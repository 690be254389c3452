import type { RawTx } from '@linghang/access'
import { sql } from 'kysely'
import { sqlOf } from '../../work.ts'

export const lineStore = {
  /** What is decided of somebody's lines is decided one after the other. All in one order, so that nobody waits in a circle. */
  async hold(tx: RawTx, countyId: string, subjectIds: readonly string[]): Promise<void> {
    const keys = [...new Set(subjectIds)].sort().map(id => `lines/${countyId}/${id}`)
    await sql`
      select count(pg_advisory_xact_lock(hashtextextended(held.key, 0))::text)
      from (select key from unnest(${keys}::text[]) with ordinality as asked (key, n) order by n) held`.execute(
      sqlOf(tx),
    )
  },

  /** Above which organisation each of these stands; null: nothing of the county is above it. */
  async superiors(tx: RawTx, countyId: string, orgIds: readonly string[]): Promise<Map<string, string | null>> {
    const { rows } = await sql<{ id: string; superiorId: string | null }>`
      select id, superior_id from org_node
      where county_id = ${countyId}::uuid and id = any (${[...new Set(orgIds)]}::uuid[])`.execute(sqlOf(tx))
    return new Map(rows.map(({ id, superiorId }) => [id, superiorId]))
  },
}
