import type { RawTx } from '@linghang/access'
import { sqlOf } from '@linghang/database'
import { sql } from 'kysely'

/** How often people did what the audit names at an organisation. */
export type Times = { orgId: string; action: string; times: number }
/** From an instant to another. */
export type Span = { from: Date; until: Date }

export const askedStore = {
  /** Of organisations that the actor sees: one statement for all; counts alone, since the audit itself is for few. */
  async times(tx: RawTx, orgIds: readonly string[], { from, until }: Span): Promise<Times[]> {
    const { rows } = await sql<Times>`
      select org_id, action, times from app.asked_of(${orgIds}::uuid[], ${from}::timestamptz, ${until}::timestamptz)
    `.execute(sqlOf(tx))
    return rows
  },
}
