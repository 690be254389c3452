import type { RawTx } from '@linghang/access'
import { anyOf, batchOf, countUnder, insertBatch, type Stretch, stretchUnder } from '@linghang/database'
import type { Period } from '@linghang/rulebook'
import { type RawBuilder, sql } from 'kysely'
import { sqlOf } from '../../work.ts'
import type { Appeal, AppealStep } from './appeal.ts'

const columns = [
  ...(['id', 'orgId', 'subjectType', 'subjectId', 'periodFrom', 'periodUntil', 'lineKey', 'state', 'outcome'] as const),
  ...(['proposed', 'basis', 'points', 'decidingOrgId', 'openedOn', 'hearBy', 'answerBy', 'answeredOn'] as const),
  ...(['round', 'steps', 'version'] as const),
]
const stepColumns = ['n', 'kind', 'onDay', 'text', 'heardBy', 'points', 'decidingOrgId', 'doneAt'] as const
type Subject = Pick<Appeal, 'subjectId' | 'periodFrom' | 'periodUntil'>

/** What waits for the office of an organisation. */
const waitingAt = (tx: RawTx, orgId: RawBuilder<string>) =>
  sqlOf(tx)
    .selectFrom('appeal')
    .select(columns)
    .where('decidingOrgId', '=', orgId)
    .where('state', 'in', ['OPEN', 'HEARD'])

export const appealStore = {
  async open(tx: RawTx, countyId: string, appeal: Appeal): Promise<void> {
    await insertBatch(sqlOf(tx), 'appeal', ['countyId', ...columns], [{ ...appeal, countyId }]).execute()
  },

  /** Held until the transaction ends. */
  async lock(tx: RawTx, countyId: string, id: string): Promise<Appeal | null> {
    const found = sqlOf(tx).selectFrom('appeal').select(columns).where('id', '=', id)
    return (await found.where('countyId', '=', countyId).forUpdate().executeTakeFirst()) ?? null
  },

  async change(tx: RawTx, appeal: Appeal): Promise<void> {
    const { id, ...rest } = appeal
    await sqlOf(tx)
      .updateTable('appeal')
      .set({ ...rest, basis: sql<string[]>`${JSON.stringify(appeal.basis)}::jsonb` })
      .where('id', '=', id)
      .returning('id')
      .executeTakeFirstOrThrow()
  },

  async step(
    tx: RawTx,
    step: AppealStep & { countyId: string; orgId: string; appealId: string; doneBy: string | null },
  ): Promise<void> {
    await sqlOf(tx).insertInto('appealStep').values(step).execute()
  },

  byIds: (tx: RawTx, countyId: string, ids: readonly string[]): Promise<Appeal[]> =>
    sqlOf(tx)
      .selectFrom('appeal')
      .select(columns)
      .where('countyId', '=', countyId)
      .where('id', '=', anyOf(ids))
      .execute(),

  /** Of one line, the newest first. */
  ofLine: (
    tx: RawTx,
    countyId: string,
    { subjectId, periodFrom, periodUntil }: Subject,
    lineKey: string,
  ): Promise<Appeal[]> =>
    sqlOf(tx)
      .selectFrom('appeal')
      .select(columns)
      .where('countyId', '=', countyId)
      .where('subjectId', '=', subjectId)
      .where('periodFrom', '=', periodFrom)
      .where('periodUntil', '=', periodUntil)
      .where('lineKey', '=', lineKey)
      .orderBy('id', 'desc')
      .limit(100)
      .execute(),

  /** Of each of these sheets, the newest of each line. */
  async ofSheets(tx: RawTx, countyId: string, sheetIds: readonly string[]): Promise<(Appeal & { sheetId: string })[]> {
    return sqlOf(tx)
      .selectFrom('scoreSheet as s')
      .innerJoin('appeal as a', join =>
        join
          .onRef('a.countyId', '=', 's.countyId')
          .onRef('a.subjectId', '=', 's.subjectId')
          .onRef('a.periodFrom', '=', 's.periodFrom')
          .onRef('a.periodUntil', '=', 's.periodUntil'),
      )
      .distinctOn(['s.id', 'a.lineKey'])
      .select(['s.id as sheetId', ...columns.map(name => `a.${name}` as const)])
      .where('s.countyId', '=', countyId)
      .where('s.id', '=', anyOf(sheetIds))
      .orderBy('s.id')
      .orderBy('a.lineKey')
      .orderBy('a.id', 'desc')
      .execute()
  },

  /** Answered ones of these subjects in a period, held until the transaction ends. */
  answered: (tx: RawTx, countyId: string, subjectIds: readonly string[], { from, until }: Period): Promise<Appeal[]> =>
    sqlOf(tx)
      .selectFrom('appeal')
      .select(columns)
      .where('countyId', '=', countyId)
      .where('subjectId', '=', anyOf(subjectIds))
      .where('periodFrom', '=', from)
      .where('periodUntil', '=', until)
      .where('state', '=', 'ANSWERED')
      // An earlier one of the same line was taken further: the newest alone is open again.
      .where(({ not, exists, selectFrom }) =>
        not(
          exists(
            selectFrom('appeal as later')
              .select('later.id')
              .whereRef('later.countyId', '=', 'appeal.countyId')
              .whereRef('later.subjectId', '=', 'appeal.subjectId')
              .whereRef('later.periodFrom', '=', 'appeal.periodFrom')
              .whereRef('later.periodUntil', '=', 'appeal.periodUntil')
              .whereRef('later.lineKey', '=', 'appeal.lineKey')
              .whereRef('later.id', '>', 'appeal.id'),
          ),
        ),
      )
      .orderBy('id')
      .forUpdate()
      .execute(),

  /** What was done of each, in its order. */
  async stepsOf(tx: RawTx, appealIds: readonly string[]): Promise<(AppealStep & { appealId: string })[]> {
    return sqlOf(tx)
      .selectFrom('appealStep')
      .select(['appealId', ...stepColumns])
      .where('appealId', '=', anyOf(appealIds))
      .orderBy('appealId')
      .orderBy('n')
      .execute()
  },

  /** The sheets of these appeals, by the appeal's id. */
  async sheetsOf(
    tx: RawTx,
    countyId: string,
    appeals: readonly (Subject & { id: string })[],
  ): Promise<Map<string, string>> {
    const named = appeals.map(({ id, subjectId, periodFrom, periodUntil }) => ({
      id,
      subjectId,
      periodFrom,
      periodUntil,
    }))
    const { rows } = await sql<{ id: string; sheetId: string }>`
      select batch.id, s.id as sheet_id from ${batchOf('appeal', named)}
      join score_sheet s on s.county_id = ${countyId}::uuid and s.subject_id = batch.subject_id
        and s.period_from = batch.period_from and s.period_until = batch.period_until`.execute(sqlOf(tx))
    return new Map(rows.map(({ id, sheetId }) => [id, sheetId]))
  },

  /** Who confirmed the deduction of a line, or did not make it, last; null where nobody has. */
  async decidedBy(tx: RawTx, countyId: string, { subjectId, periodFrom, periodUntil }: Subject, lineKey: string) {
    const found = await sqlOf(tx)
      .selectFrom('sheetRuling')
      .select(['decidedBy', 'kind'])
      .where('countyId', '=', countyId)
      .where('subjectId', '=', subjectId)
      .where('periodFrom', '=', periodFrom)
      .where('periodUntil', '=', periodUntil)
      .where('lineKey', '=', lineKey)
      .where('kind', '!=', 'ADJUSTED')
      .orderBy('id', 'desc')
      .limit(1)
      .executeTakeFirst()
    return found?.kind === 'CONFIRMED' ? found.decidedBy : null
  },

  /** A stretch of what waits for each of these offices, what is due first first; one statement. */
  waiting: (tx: RawTx, orgIds: readonly string[], stretch: Stretch) =>
    stretchUnder(sqlOf(tx), orgIds, id => waitingAt(tx, id), stretch, { by: ['answerBy', 'id'] }) as Promise<
      Map<string, Appeal[]>
    >,

  countWaiting: (tx: RawTx, orgIds: readonly string[]) => countUnder(sqlOf(tx), orgIds, id => waitingAt(tx, id)),
}
