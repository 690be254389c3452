import type { RawTx } from '@linghang/access'
import { anyOf, countUnder, insertBatch, type Stretch, stretchUnder } from '@linghang/database'
import { branchKinds, type Period } from '@linghang/rulebook'
import { sql } from 'kysely'
import type { SubjectType } from '../../facts/fact.ts'
import type { PackDocument } from '../../packs/documents/pack.ts'
import { sqlOf } from '../../work.ts'
import type { Difference } from './difference.ts'

/** Members first: branches rest on them, and what is above on branches. */
export type Stage = 'MEMBER' | 'BRANCH' | 'ABOVE'
export type DryRun = {
  id: string
  document: PackDocument
  periodFrom: string
  periodUntil: string
  state: 'RUNNING' | 'DONE'
  stage: Stage
  after: string | null
}
export type DrySheet = {
  subjectId: string
  orgId: string
  subjectType: SubjectType
  before: number | null
  after: number | null
  change: number
  litMonths: Record<string, string[]>
  differences: Difference[]
}
const columns = ['id', 'document', 'periodFrom', 'periodUntil', 'state', 'stage', 'after'] as const
const shown = ['subjectId', 'orgId', 'subjectType', 'before', 'after', 'change', 'differences'] as const
/** Older ones are forgotten: they were of a document that is another one by now. */
const runsKept = 3

export const dryRunStore = {
  byIds: (tx: RawTx, countyId: string, ids: readonly string[]): Promise<DryRun[]> =>
    sqlOf(tx)
      .selectFrom('dryRun')
      .select(columns)
      .where('countyId', '=', countyId)
      .where('id', '=', anyOf(ids))
      .execute(),

  running: (tx: RawTx, countyId: string): Promise<DryRun | undefined> =>
    sqlOf(tx)
      .selectFrom('dryRun')
      .select(columns)
      .where('countyId', '=', countyId)
      .where('state', '=', 'RUNNING')
      .orderBy('id')
      .limit(1)
      .forUpdate()
      .executeTakeFirst(),

  /** Until the transaction ends nobody else begins one in the county: of two at once the second sees the first. */
  async lock(tx: RawTx, countyId: string): Promise<void> {
    await sql`select pg_advisory_xact_lock(hashtextextended(${`dry-run/${countyId}`}, 0))::text`.execute(sqlOf(tx))
  },

  async insert(
    tx: RawTx,
    run: {
      id: string
      countyId: string
      document: PackDocument
      period: Period
      startedBy: string | null
      startedAt: Date
    },
  ): Promise<void> {
    const { period, document, ...rest } = run
    const keys = [
      ...([
        'id',
        'countyId',
        'document',
        'periodFrom',
        'periodUntil',
        'state',
        'stage',
        'startedBy',
        'startedAt',
      ] as const),
    ]
    const row = { ...rest, document, periodFrom: period.from, periodUntil: period.until }
    await insertBatch(sqlOf(tx), 'dryRun', keys, [{ ...row, state: 'RUNNING', stage: 'MEMBER' }]).execute()
    await sql`delete from dry_run where county_id = ${run.countyId}::uuid and id not in (
      select id from dry_run where county_id = ${run.countyId}::uuid order by id desc limit ${runsKept})`.execute(
      sqlOf(tx),
    )
  },

  async move(
    tx: RawTx,
    id: string,
    to: Pick<DryRun, 'state' | 'stage' | 'after'>,
    endedAt: Date | null,
  ): Promise<void> {
    await sqlOf(tx)
      .updateTable('dryRun')
      .set({ ...to, endedAt })
      .where('id', '=', id)
      .execute()
  },

  /** The next subjects in the order of their ids: whoever has been a member here, or organisations. */
  async subjects(tx: RawTx, countyId: string, stage: Stage, after: string | null, most: number): Promise<string[]> {
    const past = after ?? '00000000-0000-0000-0000-000000000000'
    const of =
      stage === 'MEMBER'
        ? sql`select distinct member_id as id from member_stay where county_id = ${countyId}::uuid and member_id > ${past}::uuid`
        : sql`select id from org_node where county_id = ${countyId}::uuid and id > ${past}::uuid
            and (kind = ${anyOf([...branchKinds], 'text')}) = ${stage === 'BRANCH'}`
    const { rows } = await sql<{ id: string }>`${of} order by 1 limit ${most}`.execute(sqlOf(tx))
    return rows.map(({ id }) => id)
  },

  /** What today's pack gives these subjects in a time. */
  async kept(tx: RawTx, countyId: string, subjectIds: readonly string[], { from, until }: Period) {
    const rows = await sqlOf(tx)
      .selectFrom('scoreSheet')
      .select(['subjectId', 'orgId', 'score', 'totals'])
      .where('countyId', '=', countyId)
      .where('subjectId', '=', anyOf(subjectIds))
      .where('periodFrom', '=', from)
      .where('periodUntil', '=', until)
      .execute()
    return new Map(rows.map(row => [row.subjectId, row]))
  },

  async write(tx: RawTx, countyId: string, dryRunId: string, sheets: readonly DrySheet[]): Promise<void> {
    const rows = sheets.map(sheet => ({ ...sheet, dryRunId, countyId }))
    await insertBatch(sqlOf(tx), 'dryRunSheet', ['dryRunId', 'countyId', 'litMonths', ...shown], rows).execute()
  },

  /** The scores that the run has given those who belong to these organisations, or these themselves. */
  async scores(tx: RawTx, dryRunId: string, of: SubjectType, orgIds: readonly string[]) {
    const rows = await sqlOf(tx)
      .selectFrom('dryRunSheet')
      .select(['orgId', 'after as score', 'litMonths'])
      .where('dryRunId', '=', dryRunId)
      .where('subjectType', '=', of)
      .where('orgId', '=', anyOf(orgIds))
      .where('after', 'is not', null)
      .orderBy('subjectId')
      .execute()
    return rows.map(({ score, ...row }) => ({ ...row, score: score ?? 0 }))
  },

  /** How many there are, how many change, and by how much together; by each indicator how many gain and lose. */
  async summaries(tx: RawTx, ids: readonly string[]) {
    const { rows } = await sql<{
      id: string
      of: SubjectType
      sheets: number
      up: number
      down: number
      mean: number | null
    }>`
      select dry_run_id as id, subject_type as "of", count(*)::int as sheets, count(*) filter (where change > 0)::int as up,
        count(*) filter (where change < 0)::int as down, avg(change)::float8 as mean
      from dry_run_sheet where dry_run_id = ${anyOf(ids)} group by 1, 2 order by 2`.execute(sqlOf(tx))
    return Map.groupBy(rows, ({ id }) => id)
  },

  async indicators(tx: RawTx, ids: readonly string[]) {
    const { rows } = await sql<{ id: string; of: SubjectType; indicator: string; up: number; down: number }>`
      select s.dry_run_id as id, s.subject_type as "of", d.indicator, count(*) filter (where d.after > d.before)::int as up,
        count(*) filter (where d.after < d.before)::int as down
      from dry_run_sheet s cross join lateral jsonb_to_recordset(s.differences) as d (indicator text, before int, after int)
      where s.dry_run_id = ${anyOf(ids)} group by 1, 2, 3 order by 2, count(*) desc, 3 limit 2000`.execute(sqlOf(tx))
    return Map.groupBy(rows, ({ id }) => id)
  },

  /** A stretch of those whose score changes, in the order of their ids: never of points (R3). */
  changed: (tx: RawTx, ids: readonly string[], stretch: Stretch) =>
    stretchUnder(
      sqlOf(tx),
      ids,
      id => sqlOf(tx).selectFrom('dryRunSheet').select(shown).where('dryRunId', '=', id).where('change', '<>', 0),
      stretch,
      { by: ['subjectId'] },
    ),
  countChanged: (tx: RawTx, ids: readonly string[]) =>
    countUnder(sqlOf(tx), ids, id =>
      sqlOf(tx).selectFrom('dryRunSheet').select('subjectId').where('dryRunId', '=', id).where('change', '<>', 0),
    ),
}
