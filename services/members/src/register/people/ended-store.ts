import { sql } from 'kysely'
import { sqlOf, type Tx } from '../../work.ts'
import { memberStore } from './store.ts'

export const endedStore = {
  /** Whether this service's tree has an organisation as ended, at that version or a later one, and the one that follows it. */
  async isKnown(tx: Tx, countyId: string, id: string, version: number, successorId: string | null): Promise<boolean> {
    const { rows } = await sql<{ known: boolean }>`
      select exists (select from org_node where id = ${id}::uuid and county_id = ${countyId}::uuid and version >= ${version})
        and (${successorId}::uuid is null or exists (select from org_node where id = ${successorId}::uuid)) as known`.execute(
      sqlOf(tx),
    )
    return rows[0]?.known === true
  },

  /** Some of those who are in the register at an organisation, held until the transaction ends. */
  async hold(tx: Tx, countyId: string, orgId: string, limit: number) {
    const rows = await sqlOf(tx)
      .selectFrom('member')
      .select('id')
      .where('countyId', '=', countyId)
      .where('orgId', '=', orgId)
      .where('leftOn', 'is', null)
      .orderBy('id')
      .limit(limit)
      .forUpdate()
      .execute()
    const held = []
    for (const { id } of rows) held.push(await memberStore.lock(tx, countyId, id))
    return held.filter(one => one !== null)
  },
}
