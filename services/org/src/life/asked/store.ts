import { sql } from 'kysely'
import { sqlOf, type Tx } from '../../work.ts'

export type Times = { orgId: string; action: string; times: number }

export const askedStore = {
  /** How often people did what the audit names at these organisations, from an instant to another. */
  async times(tx: Tx, orgIds: readonly string[], from: Date, until: Date): Promise<Times[]> {
    const { rows } = await sql<Times>`
      select org_id, action, times from app.asked_of(${orgIds}::uuid[], ${from}::timestamptz, ${until}::timestamptz)
    `.execute(sqlOf(tx))
    return rows
  },
}
