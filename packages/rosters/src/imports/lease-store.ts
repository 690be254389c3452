import type { RawTx } from '@linghang/access'
import type { RosterImport } from './roster-import.ts'
import { type Lease, leaseSeconds, type Row, toImport } from './store.ts'

/** The work of an import: who holds it, how far it is, and that it stumbled. */
export const leaseStore = {
  /**
   * The oldest import that waits for a worker, or whose worker has been silent for too long; of a county for which
   * nobody works yet before all others.
   * @param bytesAtMost of the file: a lane for small ones is never held up by a big one
   */
  async claim(tx: RawTx, bytesAtMost: number): Promise<Lease | null> {
    const rows = await tx.$queryRawUnsafe<Row[]>(
      `update roster_import set lease_token = lease_token + 1, claims = claims + 1, lease_until = now() + make_interval(secs => ${leaseSeconds})
       where id = (select w.id from roster_import w where w.state in ('PREVIEWING', 'COMMITTING') and (w.lease_until is null or w.lease_until < now())
                     and w.file_bytes <= $1
                   order by exists (select from roster_import o where o.county_id = w.county_id and o.lease_until > now()), w.updated_at
                   limit 1 for update skip locked)
       returning id, county_id, lease_token, traceparent, account_id, claims`,
      bytesAtMost,
    )
    const [row] = rows
    return row
      ? {
          importId: row.id as string,
          countyId: row.county_id as string,
          token: BigInt(row.lease_token as bigint),
          traceparent: row.traceparent as string | null,
          accountId: row.account_id as string | null,
          claims: row.claims as number,
        }
      : null
  },

  /** Locks the import for this transaction and prolongs the lease; null when another worker has it by now. */
  async hold(tx: RawTx, lease: Lease): Promise<(RosterImport & { commitAfterPreview: boolean }) | null> {
    const [row] = await tx.$queryRawUnsafe<Row[]>(
      `update roster_import set lease_until = now() + make_interval(secs => ${leaseSeconds}) where id = $1::uuid and lease_token = $2 returning *`,
      lease.importId,
      lease.token,
    )
    return row ? { ...toImport(row), commitAfterPreview: row.commit_after_preview as boolean } : null
  },

  /** Notes a try that came to nothing and when the next may begin. @returns how many in a row came to nothing */
  async stumbled(tx: RawTx, lease: Lease, waitMs: number): Promise<{ failures: number; rowsDone: number }> {
    const [row] = await tx.$queryRawUnsafe<{ failures: number; rows_done: number }[]>(
      `update roster_import set failures = failures + 1, claims = 0, lease_until = now() + make_interval(secs => $3::float8 / 1000)
       where id = $1::uuid and lease_token = $2 returning failures, rows_done`,
      lease.importId,
      lease.token,
      waitMs,
    )
    return { failures: row?.failures ?? 0, rowsDone: row?.rows_done ?? 0 }
  },
}
