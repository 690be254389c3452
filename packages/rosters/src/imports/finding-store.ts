import type { RawTx } from '@linghang/access'
import { batchOf, type Stretch, sqlOf, stretchOf } from '@linghang/database'
import { sql } from 'kysely'
import type { Finding, Severity } from '../finding.ts'

const uuid = (id: string) => sql<string>`${id}::uuid`
const foundKeys = [
  'n',
  'line',
  'columnName',
  'severity',
  'code',
  'found',
  'wantedZh',
  'wantedEn',
  'messageZh',
  'messageEn',
] as const

/** The findings of an import, of one kind or of both. */
const findingsOf = (tx: RawTx, importId: string, severity: Severity | null) =>
  sqlOf(tx)
    .selectFrom('rosterFinding')
    .where('importId', '=', importId)
    .$if(severity !== null, findings => findings.where('severity', '=', severity))

/** What was found in a roster, and whom it does not name. */
export const findingStore = {
  async addFindings(
    tx: RawTx,
    scope: { id: string; countyId: string },
    from: number,
    findings: readonly Finding[],
  ): Promise<void> {
    if (findings.length === 0) return
    const db = sqlOf(tx)
    const rows = findings.map(({ column, wanted, message, ...finding }, i) => ({
      n: from + i,
      ...finding,
      columnName: column,
      wantedZh: wanted.zh,
      wantedEn: wanted.en,
      messageZh: message.zh,
      messageEn: message.en,
    }))
    await db
      .insertInto('rosterFinding')
      .columns(['importId', 'countyId', ...foundKeys])
      .expression(
        db
          .selectFrom(batchOf('rosterFinding', rows))
          .select([uuid(scope.id).as('importId'), uuid(scope.countyId).as('countyId'), ...foundKeys]),
      )
      .execute()
  },

  async setMissing(tx: RawTx, scope: { id: string; countyId: string }, ids: readonly string[]): Promise<void> {
    const db = sqlOf(tx)
    await db
      .insertInto('rosterMissing')
      .columns(['importId', 'countyId', 'subjectId'])
      .expression(
        db
          .selectFrom(sql<{ id: string }>`unnest(${ids}::uuid[])`.as<'missing'>(sql`missing (id)`))
          .select([uuid(scope.id).as('importId'), uuid(scope.countyId).as('countyId'), 'missing.id as subjectId']),
      )
      .onConflict(met => met.doNothing())
      .execute()
  },

  async nextFinding(tx: RawTx, importId: string): Promise<number> {
    const row = await findingsOf(tx, importId, null)
      .select(sql<number>`coalesce(max(n) + 1, 0)::int`.as('n'))
      .executeTakeFirst()
    return row?.n ?? 0
  },

  /** The `size` + 1 findings of a stretch of an import's, in the order of its rows. */
  async findings(
    tx: RawTx,
    importId: string,
    severity: Severity | null,
    stretch: Stretch,
  ): Promise<(Finding & { n: number })[]> {
    const list = findingsOf(tx, importId, severity).select(foundKeys)
    const { rows } = await stretchOf(list, stretch, { by: ['n'] }).execute(sqlOf(tx))
    return rows.map(({ columnName, found, wantedZh, wantedEn, messageZh, messageEn, ...finding }) => ({
      ...finding,
      column: columnName,
      found: found ?? '',
      wanted: { zh: wantedZh, en: wantedEn },
      message: { zh: messageZh, en: messageEn },
    }))
  },

  async countFindings(tx: RawTx, importId: string, severity: Severity | null): Promise<number> {
    const counted = await findingsOf(tx, importId, severity)
      .select(({ fn }) => fn.countAll<bigint>().as('n'))
      .executeTakeFirst()
    return Number(counted?.n ?? 0)
  },

  /** The `size` + 1 subjects of a stretch of those that an import does not name. */
  async missing(tx: RawTx, importId: string, stretch: Stretch): Promise<string[]> {
    const list = sqlOf(tx).selectFrom('rosterMissing').select('subjectId').where('importId', '=', importId)
    const { rows } = await stretchOf(list, stretch, { by: ['subjectId'] }).execute(sqlOf(tx))
    return rows.map(({ subjectId }) => subjectId)
  },

  async countMissing(tx: RawTx, importId: string): Promise<number> {
    const counted = await sqlOf(tx)
      .selectFrom('rosterMissing')
      .select(({ fn }) => fn.countAll<bigint>().as('n'))
      .where('importId', '=', importId)
      .executeTakeFirst()
    return Number(counted?.n ?? 0)
  },
}
