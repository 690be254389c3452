import type { RawTx } from '@linghang/access'
import { type Stretch, walkOf } from '@linghang/subgraph'
import type { Finding, Severity } from '../finding.ts'
import type { ChunkResult, Foreseen, ImportMode, ImportState, RosterImport, StagedRow } from './roster-import.ts'

type Row = Record<string, unknown>

const toImport = (row: Row): RosterImport => ({
  id: row.id as string,
  countyId: row.county_id as string,
  orgId: row.org_id as string | null,
  state: row.state as ImportState,
  mode: row.mode as ImportMode | null,
  fileName: row.file_name as string | null,
  fileBytes: Number(row.file_bytes),
  rowsTotal: row.rows_total as number,
  rowsJudged: row.rows_judged as number,
  rowsValid: row.rows_valid as number,
  rowsDone: row.rows_done as number,
  doneThrough: row.done_through as number,
  added: row.added as number,
  changed: row.changed as number,
  unchanged: row.unchanged as number,
  refused: row.refused as number,
  errors: row.errors as number,
  warnings: row.warnings as number,
  failure: row.failure_code
    ? { code: row.failure_code as string, zh: row.failure_zh as string, en: row.failure_en as string }
    : null,
  createdAt: row.created_at as Date,
})

/** The lease under which a worker has an import; whoever holds an older token has lost it. */
export type Lease = {
  importId: string
  countyId: string
  token: bigint
  traceparent: string | null
  accountId: string | null
  /** How often it was taken up, this time too, without a step forward. */
  claims: number
}

const leaseSeconds = 15
const uploadSeconds = 60

export const importStore = {
  async create(
    tx: RawTx,
    row: { id: string; countyId: string; orgId: string | null; accountId: string | null; fileName: string | null },
  ): Promise<void> {
    await tx.$executeRawUnsafe(
      `insert into roster_import (id, county_id, org_id, account_id, file_name, state) values ($1::uuid, $2::uuid, $3::uuid, $4::uuid, $5, 'AWAITING_FILE')`,
      row.id,
      row.countyId,
      row.orgId,
      row.accountId,
      row.fileName,
    )
  },

  async byIds(tx: RawTx, countyId: string, ids: readonly string[]): Promise<RosterImport[]> {
    const rows = await tx.$queryRawUnsafe<Row[]>(
      'select * from roster_import where county_id = $1::uuid and id = any ($2::uuid[])',
      countyId,
      ids,
    )
    return rows.map(toImport)
  },

  async lock(tx: RawTx, countyId: string, id: string): Promise<RosterImport | null> {
    const rows = await tx.$queryRawUnsafe<Row[]>(
      'select * from roster_import where county_id = $1::uuid and id = $2::uuid for update',
      countyId,
      id,
    )
    return rows[0] ? toImport(rows[0]) : null
  },

  /** Makes room for a new file, in the transaction that holds the import. Parts are taken from this upload alone. */
  async beginUpload(tx: RawTx, importId: string, token: string): Promise<void> {
    await this.clearFile(tx, importId)
    await tx.$executeRawUnsafe(
      `update roster_import set upload_token = $2::uuid, upload_until = now() + make_interval(secs => ${uploadSeconds}) where id = $1::uuid`,
      importId,
      token,
    )
  },

  /** Whether an upload is under way; one that has been silent for a minute has broken off. */
  async isReceiving(tx: RawTx, importId: string): Promise<boolean> {
    const rows = await tx.$queryRawUnsafe<unknown[]>(
      'select 1 from roster_import where id = $1::uuid and upload_until > now()',
      importId,
    )
    return rows.length > 0
  },

  /** Holds the import for a part of its upload and keeps it open. @returns false where it is another upload's by now */
  async holdUpload(tx: RawTx, importId: string, token: string): Promise<boolean> {
    const held = await tx.$executeRawUnsafe(
      `update roster_import set upload_until = now() + make_interval(secs => ${uploadSeconds})
       where id = $1::uuid and upload_token = $2::uuid and state = 'AWAITING_FILE'`,
      importId,
      token,
    )
    return held === 1
  },

  async endUpload(tx: RawTx, importId: string, token: string): Promise<void> {
    await tx.$executeRawUnsafe(
      'update roster_import set upload_token = null, upload_until = null where id = $1::uuid and upload_token = $2::uuid',
      importId,
      token,
    )
  },

  async clearFile(tx: RawTx, importId: string): Promise<void> {
    for (const part of ['roster_chunk', 'roster_row', 'roster_finding', 'roster_missing']) {
      await tx.$executeRawUnsafe(`delete from ${part} where import_id = $1::uuid`, importId)
    }
    await tx.$executeRawUnsafe(
      `update roster_import set state = 'AWAITING_FILE', file_bytes = 0, rows_total = 0, rows_judged = 0, rows_valid = 0, rows_done = 0, done_through = -1,
         added = 0, changed = 0, unchanged = 0, refused = 0, errors = 0, warnings = 0, failure_code = null, updated_at = now() where id = $1::uuid`,
      importId,
    )
  },

  async addChunk(tx: RawTx, countyId: string, importId: string, n: number, sealed: Uint8Array): Promise<void> {
    await tx.$executeRawUnsafe(
      'insert into roster_chunk (import_id, county_id, n, sealed) values ($1::uuid, $2::uuid, $3, $4)',
      importId,
      countyId,
      n,
      sealed,
    )
  },

  async chunk(tx: RawTx, importId: string, n: number): Promise<Uint8Array | null> {
    const [row] = await tx.$queryRawUnsafe<{ sealed: Uint8Array }[]>(
      'select sealed from roster_chunk where import_id = $1::uuid and n = $2',
      importId,
      n,
    )
    return row?.sealed ?? null
  },

  async fileComplete(tx: RawTx, importId: string, bytes: number): Promise<void> {
    await tx.$executeRawUnsafe(
      `update roster_import set state = 'UPLOADED', file_bytes = $2, upload_token = null, upload_until = null, updated_at = now() where id = $1::uuid`,
      importId,
      bytes,
    )
  },

  async request(
    tx: RawTx,
    importId: string,
    wanted: {
      state: 'PREVIEWING' | 'COMMITTING'
      mode: ImportMode | null
      thenCommit: boolean
      traceparent: string | null
      accountId: string | null
    },
  ): Promise<void> {
    await tx.$executeRawUnsafe(
      `update roster_import set state = $2, mode = coalesce($3, mode), commit_after_preview = $4, traceparent = $5, account_id = coalesce($6::uuid, account_id),
         failures = 0, claims = 0, lease_until = null, failure_code = null, updated_at = now() where id = $1::uuid`,
      importId,
      wanted.state,
      wanted.mode,
      wanted.thenCommit,
      wanted.traceparent,
      wanted.accountId,
    )
  },

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

  async beginPreview(tx: RawTx, importId: string): Promise<void> {
    for (const part of ['roster_row', 'roster_finding', 'roster_missing'])
      await tx.$executeRawUnsafe(`delete from ${part} where import_id = $1::uuid`, importId)
    await tx.$executeRawUnsafe(
      `update roster_import set rows_total = 0, rows_judged = 0, rows_valid = 0, errors = 0, warnings = 0, rows_done = 0, done_through = -1,
         added = 0, changed = 0, unchanged = 0, refused = 0 where id = $1::uuid`,
      importId,
    )
  },

  /** What taking over would do, gathered while the file is judged. */
  async countForeseen(tx: RawTx, importId: string, foreseen: Foreseen): Promise<void> {
    await tx.$executeRawUnsafe(
      'update roster_import set added = added + $2, changed = changed + $3, unchanged = unchanged + $4 where id = $1::uuid',
      importId,
      foreseen.added,
      foreseen.changed,
      foreseen.unchanged,
    )
  },

  /** From now on the counts are of what is done. */
  async beginTakeOver(tx: RawTx, importId: string): Promise<void> {
    await tx.$executeRawUnsafe(
      'update roster_import set added = 0, changed = 0, unchanged = 0, refused = 0 where id = $1::uuid',
      importId,
    )
  },

  async stage(
    tx: RawTx,
    scope: { id: string; countyId: string },
    from: number,
    rows: readonly StagedRow[],
  ): Promise<void> {
    if (rows.length === 0) return
    await tx.$executeRawUnsafe(
      `insert into roster_row (import_id, county_id, n, line, record)
       select $1::uuid, $2::uuid, n, line, record from jsonb_to_recordset($3::jsonb) as w (n int, line int, record jsonb)`,
      scope.id,
      scope.countyId,
      JSON.stringify(rows.map((row, i) => ({ n: from + i, ...row }))),
    )
  },

  async addFindings(
    tx: RawTx,
    scope: { id: string; countyId: string },
    from: number,
    findings: readonly Finding[],
  ): Promise<void> {
    if (findings.length === 0) return
    await tx.$executeRawUnsafe(
      `insert into roster_finding (import_id, county_id, n, line, column_name, severity, code, found, wanted_zh, wanted_en, message_zh, message_en)
       select $1::uuid, $2::uuid, n, line, "column", severity, code, found, wanted ->> 'zh', wanted ->> 'en', message ->> 'zh', message ->> 'en'
       from jsonb_to_recordset($3::jsonb)
         as w (n int, line int, "column" text, severity text, code text, found text, wanted jsonb, message jsonb)`,
      scope.id,
      scope.countyId,
      JSON.stringify(findings.map((finding, i) => ({ n: from + i, ...finding }))),
    )
  },

  async countJudged(
    tx: RawTx,
    importId: string,
    judged: { rows: number; valid: number; errors: number; warnings: number },
  ): Promise<void> {
    await tx.$executeRawUnsafe(
      `update roster_import set rows_judged = rows_judged + $2, rows_total = greatest(rows_total, rows_judged + $2), rows_valid = rows_valid + $3,
         errors = errors + $4, warnings = warnings + $5, failures = 0, claims = 0, updated_at = now() where id = $1::uuid`,
      importId,
      judged.rows,
      judged.valid,
      judged.errors,
      judged.warnings,
    )
  },

  async setMissing(tx: RawTx, scope: { id: string; countyId: string }, ids: readonly string[]): Promise<void> {
    await tx.$executeRawUnsafe(
      'insert into roster_missing (import_id, county_id, subject_id) select $1::uuid, $2::uuid, id from unnest($3::uuid[]) as m (id) on conflict do nothing',
      scope.id,
      scope.countyId,
      ids,
    )
  },

  async setState(tx: RawTx, importId: string, state: ImportState): Promise<void> {
    await tx.$executeRawUnsafe(
      'update roster_import set state = $2, lease_until = null, updated_at = now() where id = $1::uuid',
      importId,
      state,
    )
  },

  /** All is taken over: file and staged rows go, since they hold people's names and are of no more use. */
  async complete(tx: RawTx, importId: string): Promise<void> {
    for (const part of ['roster_chunk', 'roster_row']) {
      await tx.$executeRawUnsafe(`delete from ${part} where import_id = $1::uuid`, importId)
    }
    await this.setState(tx, importId, 'COMMITTED')
  },

  async countDone(tx: RawTx, importId: string, chunk: ChunkResult): Promise<void> {
    await tx.$executeRawUnsafe(
      `update roster_import set rows_done = rows_done + $2, done_through = $3, added = added + $4, changed = changed + $5, unchanged = unchanged + $6,
         refused = refused + $7, errors = errors + $7, failures = 0, claims = 0, updated_at = now() where id = $1::uuid`,
      importId,
      chunk.taken,
      chunk.through,
      chunk.added,
      chunk.changed,
      chunk.unchanged,
      chunk.refused,
    )
  },

  async failed(tx: RawTx, importId: string, failure: { code: string; zh: string; en: string }): Promise<void> {
    await tx.$executeRawUnsafe(
      `update roster_import set state = 'FAILED', failure_code = $2, failure_zh = $3, failure_en = $4, lease_until = null, updated_at = now() where id = $1::uuid`,
      importId,
      failure.code,
      failure.zh,
      failure.en,
    )
  },

  /** Lets an import go: file and staged rows are of no more use, and a worker that has it stops. What was taken over stays. */
  async withdraw(tx: RawTx, importId: string): Promise<void> {
    for (const part of ['roster_chunk', 'roster_row', 'roster_missing'])
      await tx.$executeRawUnsafe(`delete from ${part} where import_id = $1::uuid`, importId)
    await tx.$executeRawUnsafe(
      `update roster_import set state = 'WITHDRAWN', lease_token = lease_token + 1, lease_until = null, upload_token = null,
         upload_until = null, updated_at = now() where id = $1::uuid`,
      importId,
    )
  },

  /** Imports that nobody has touched for so long that their people's data goes; a few at a time. */
  async forgotten(tx: RawTx, days: number): Promise<{ id: string; countyId: string }[]> {
    return tx.$queryRawUnsafe<{ id: string; countyId: string }[]>(
      `select id, county_id as "countyId" from roster_import where state in ('AWAITING_FILE', 'UPLOADED', 'PREVIEWED', 'FAILED')
         and file_bytes > 0 and updated_at < now() - make_interval(days => $1) order by updated_at limit 100`,
      days,
    )
  },

  /** Of a file that is not taken over nothing stays staged, and nothing is counted as valid. */
  async dropStaged(tx: RawTx, importId: string): Promise<void> {
    for (const part of ['roster_row', 'roster_missing'])
      await tx.$executeRawUnsafe(`delete from ${part} where import_id = $1::uuid`, importId)
    await tx.$executeRawUnsafe(
      'update roster_import set rows_valid = 0, added = 0, changed = 0, unchanged = 0 where id = $1::uuid',
      importId,
    )
  },

  async nextFinding(tx: RawTx, importId: string): Promise<number> {
    const [row] = await tx.$queryRawUnsafe<{ n: number }[]>(
      'select coalesce(max(n) + 1, 0)::int as n from roster_finding where import_id = $1::uuid',
      importId,
    )
    return row?.n ?? 0
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

  /** The `size` + 1 findings of a stretch of an import's, in the order of its rows. */
  async findings(
    tx: RawTx,
    importId: string,
    severity: Severity | null,
    stretch: Stretch,
  ): Promise<(Finding & { n: number })[]> {
    const { past, order } = walkOf(stretch)
    const [from] = stretch.from ?? []
    const rows = await tx.$queryRawUnsafe<Row[]>(
      `select * from roster_finding where import_id = $1::uuid and ($2::int is null or n ${past} $2::int) and ($3::text is null or severity = $3) order by n ${order} limit $4`,
      importId,
      from === undefined ? null : Number(from),
      severity,
      stretch.size + 1,
    )
    return rows.map(row => ({
      n: row.n as number,
      line: row.line as number | null,
      column: row.column_name as string | null,
      severity: row.severity as Severity,
      code: row.code as string,
      found: row.found as string,
      wanted: { zh: row.wanted_zh as string, en: row.wanted_en as string },
      message: { zh: row.message_zh as string, en: row.message_en as string },
    }))
  },

  async countFindings(tx: RawTx, importId: string, severity: Severity | null): Promise<number> {
    const [row] = await tx.$queryRawUnsafe<{ n: bigint }[]>(
      'select count(*) as n from roster_finding where import_id = $1::uuid and ($2::text is null or severity = $2)',
      importId,
      severity,
    )
    return Number(row?.n ?? 0)
  },

  /** The `size` + 1 subjects of a stretch of those that an import does not name. */
  async missing(tx: RawTx, importId: string, stretch: Stretch): Promise<string[]> {
    const { past, order } = walkOf(stretch)
    const rows = await tx.$queryRawUnsafe<{ subject_id: string }[]>(
      `select subject_id from roster_missing where import_id = $1::uuid and ($2::uuid is null or subject_id ${past} $2::uuid) order by subject_id ${order} limit $3`,
      importId,
      stretch.from?.[0] ?? null,
      stretch.size + 1,
    )
    return rows.map(row => row.subject_id)
  },

  async countMissing(tx: RawTx, importId: string): Promise<number> {
    const [row] = await tx.$queryRawUnsafe<{ n: bigint }[]>(
      'select count(*) as n from roster_missing where import_id = $1::uuid',
      importId,
    )
    return Number(row?.n ?? 0)
  },
}

/** Adds findings behind those that an import has. */
export async function keepFindings(
  tx: RawTx,
  scope: { id: string; countyId: string },
  findings: readonly Finding[],
): Promise<void> {
  if (findings.length > 0)
    await importStore.addFindings(tx, scope, await importStore.nextFinding(tx, scope.id), findings)
}
