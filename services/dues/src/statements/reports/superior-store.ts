import { sql } from 'kysely'
import { sqlOf, type Tx } from '../../work.ts'

export const superiorStore = {
  /** How the organisation to which another reports is called: of those above a name is known, and no more. */
  async nameOf(tx: Tx, orgId: string, superiorId: string): Promise<string> {
    const { rows } = await sql<{ name: string }>`
      select name from app.superiors_of(array[${orgId}::uuid]) where id = ${superiorId}::uuid`.execute(sqlOf(tx))
    return rows[0]?.name ?? '上级党组织'
  },
}
