import type { RawTx } from '@linghang/access'
import { type Stretch, walkOf } from '@linghang/subgraph'
import type { Finding, Severity } from '../finding.ts'
import type { Row } from './store.ts'

/** What was found in a roster, and whom it does not name. */
export const findingStore = {
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

  async setMissing(tx: RawTx, scope: { id: string; countyId: string }, ids: readonly string[]): Promise<void> {
    await tx.$executeRawUnsafe(
      'insert into roster_missing (import_id, county_id, subject_id) select $1::uuid, $2::uuid, id from unnest($3::uuid[]) as m (id) on conflict do nothing',
      scope.id,
      scope.countyId,
      ids,
    )
  },

  async nextFinding(tx: RawTx, importId: string): Promise<number> {
    const [row] = await tx.$queryRawUnsafe<{ n: number }[]>(
      'select coalesce(max(n) + 1, 0)::int as n from roster_finding where import_id = $1::uuid',
      importId,
    )
    return row?.n ?? 0
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
