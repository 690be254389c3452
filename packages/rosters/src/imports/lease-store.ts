import { livesHere, type RawTx } from '@linghang/access'
import { sqlOf } from '@linghang/database'
import { sql } from 'kysely'
import type { RosterImport } from './roster-import.ts'
import { change, importKeys, type Lease, leaseSeconds, secondsFromNow, toImport } from './table-store.ts'

/** The work of an import: who holds it, how far it is, and that it stumbled. */
export const leaseStore = {
  /**
   * The oldest import that waits for a worker, or whose worker has been silent for too long; of a county for which
   * nobody works yet before all others. One of a county that stands still waits.
   * @param bytesAtMost of the file: a lane for small ones is never held up by a big one
   */
  async claim(tx: RawTx, bytesAtMost: number): Promise<Lease | null> {
    const db = sqlOf(tx)
    // States as literals: they are what the index of open imports is made of.
    const waiting = db
      .selectFrom('rosterImport as w')
      .select('w.id')
      .where(sql<boolean>`w.state in ('PREVIEWING', 'COMMITTING')`)
      .where(sql<boolean>`(w.lease_until is null or w.lease_until < now())`)
      .where(livesHere('w.countyId'))
      .where('w.fileBytes', '<=', BigInt(bytesAtMost))
      .orderBy(sql`exists (select from roster_import o where o.county_id = w.county_id and o.lease_until > now())`)
      .orderBy('w.updatedAt')
      .limit(1)
      .forUpdate()
      .skipLocked()
    const row = await db
      .updateTable('rosterImport')
      .set(({ eb }) => ({
        leaseToken: eb('leaseToken', '+', 1n),
        claims: eb('claims', '+', 1),
        leaseUntil: secondsFromNow(leaseSeconds),
      }))
      .where('id', '=', waiting)
      .returning(['id as importId', 'countyId', 'leaseToken', 'traceparent', 'accountId', 'claims'])
      .executeTakeFirst()
    if (!row) return null
    const { leaseToken, ...claimed } = row
    return { ...claimed, token: BigInt(leaseToken) }
  },

  /** How many are under way, and for how long the one that got on least lately has not. */
  async open(tx: RawTx): Promise<{ open: number; silentSeconds: number }> {
    const { rows } = await sql<{ open: number; silentSeconds: number }>`
      select count(*)::int as open, coalesce(extract(epoch from clock_timestamp() - min(updated_at)), 0)::float8 as "silentSeconds"
      from roster_import i where state in ('PREVIEWING', 'COMMITTING') and ${livesHere('i.countyId')}`.execute(
      sqlOf(tx),
    )
    return rows[0] ?? { open: 0, silentSeconds: 0 }
  },

  /** Locks the import for this transaction and prolongs the lease; null when another worker has it by now. */
  async hold(tx: RawTx, lease: Lease): Promise<(RosterImport & { commitAfterPreview: boolean }) | null> {
    const row = await change(tx, lease.importId)
      .set({ leaseUntil: secondsFromNow(leaseSeconds) })
      .where('leaseToken', '=', lease.token)
      .returning([...importKeys, 'commitAfterPreview'])
      .executeTakeFirst()
    if (!row) return null
    const { commitAfterPreview, ...held } = row
    return { ...toImport(held), commitAfterPreview }
  },

  /** Lets go of an import that is not done, so that another worker goes on with it at once; what ends in order is no failure. */
  async handOver(tx: RawTx, lease: Lease): Promise<void> {
    await change(tx, lease.importId)
      .set({ leaseUntil: null, claims: sql`greatest(claims - 1, 0)` })
      .where('leaseToken', '=', lease.token)
      .where('state', 'in', ['PREVIEWING', 'COMMITTING'])
      .execute()
  },

  /** Notes a try that came to nothing and when the next may begin. @returns how many in a row came to nothing */
  async stumbled(tx: RawTx, lease: Lease, waitMs: number): Promise<{ failures: number; rowsDone: number }> {
    const row = await change(tx, lease.importId)
      .set(({ eb }) => ({ failures: eb('failures', '+', 1), claims: 0, leaseUntil: secondsFromNow(waitMs / 1_000) }))
      .where('leaseToken', '=', lease.token)
      .returning(['failures', 'rowsDone'])
      .executeTakeFirst()
    return row ?? { failures: 0, rowsDone: 0 }
  },
}
