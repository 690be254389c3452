import { sql } from 'kysely'
import { sqlOf, type Tx } from '../../work.ts'
import type { Holder } from './holder.ts'

export const holderStore = {
  /** Probationary and full members of the books that the actor sees, and the actor; the database reads nothing else of them. */
  async byIds(tx: Tx, ids: readonly string[]): Promise<Holder[]> {
    const { rows } = await sql<Holder>`select id, org_id, name from app.holder_names(${ids}::uuid[])`.execute(sqlOf(tx))
    return rows
  },
}
