import type { RawTx } from '@linghang/access'
import type { ChunkResult, Foreseen, ImportMode, ImportState, RosterImport, StagedRow } from './roster-import.ts'

export type Row = Record<string, unknown>

export const toImport = (row: Row): RosterImport => ({
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

export const leaseSeconds = 15
export const uploadSeconds = 60

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
}
