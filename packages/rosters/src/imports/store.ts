import { livesHere, type RawTx } from '@linghang/access'
import { anyOf, batchOf, sqlOf } from '@linghang/database'
import { sql } from 'kysely'
import type { ChunkResult, Foreseen, ImportMode, ImportState, RosterImport, StagedRow } from './roster-import.ts'
import { change, clearParts, importKeys, nothingJudged, now, toImport } from './table-store.ts'

export const importStore = {
  async create(
    tx: RawTx,
    row: { id: string; countyId: string; orgId: string | null; accountId: string | null; fileName: string | null },
  ): Promise<void> {
    await sqlOf(tx)
      .insertInto('rosterImport')
      .values({ ...row, state: 'AWAITING_FILE' })
      .execute()
  },

  async byIds(tx: RawTx, countyId: string, ids: readonly string[]): Promise<RosterImport[]> {
    const rows = await sqlOf(tx)
      .selectFrom('rosterImport')
      .select(importKeys)
      .where('countyId', '=', countyId)
      .where('id', '=', anyOf(ids))
      .execute()
    return rows.map(toImport)
  },

  async lock(tx: RawTx, countyId: string, id: string): Promise<RosterImport | null> {
    const row = await sqlOf(tx)
      .selectFrom('rosterImport')
      .select(importKeys)
      .where('countyId', '=', countyId)
      .where('id', '=', id)
      .forUpdate()
      .executeTakeFirst()
    return row ? toImport(row) : null
  },

  async request(
    tx: RawTx,
    importId: string,
    {
      state,
      mode,
      thenCommit,
      traceparent,
      accountId,
    }: {
      state: 'PREVIEWING' | 'COMMITTING'
      mode: ImportMode | null
      thenCommit: boolean
      traceparent: string | null
      accountId: string | null
    },
  ): Promise<void> {
    await change(tx, importId)
      .set({
        state,
        ...(mode === null ? {} : { mode }),
        ...(accountId === null ? {} : { accountId }),
        commitAfterPreview: thenCommit,
        traceparent,
        failures: 0,
        claims: 0,
        leaseUntil: null,
        failureCode: null,
        updatedAt: now,
      })
      .execute()
  },

  async beginPreview(tx: RawTx, importId: string): Promise<void> {
    await clearParts(tx, importId, ['rosterRow', 'rosterFinding', 'rosterMissing'])
    await change(tx, importId).set(nothingJudged).execute()
  },

  /** What taking over would do, gathered while the file is judged. */
  async countForeseen(tx: RawTx, importId: string, foreseen: Foreseen): Promise<void> {
    await change(tx, importId)
      .set(({ eb }) => ({
        added: eb('added', '+', foreseen.added),
        changed: eb('changed', '+', foreseen.changed),
        unchanged: eb('unchanged', '+', foreseen.unchanged),
      }))
      .execute()
  },

  /** From now on the counts are of what is done. */
  async beginTakeOver(tx: RawTx, importId: string): Promise<void> {
    await change(tx, importId).set({ added: 0, changed: 0, unchanged: 0, refused: 0 }).execute()
  },

  async stage(
    tx: RawTx,
    scope: { id: string; countyId: string },
    from: number,
    rows: readonly StagedRow[],
  ): Promise<void> {
    if (rows.length === 0) return
    const db = sqlOf(tx)
    const numbered = rows.map((row, i) => ({ n: from + i, ...row }))
    await db
      .insertInto('rosterRow')
      .columns(['importId', 'countyId', 'n', 'line', 'record'])
      .expression(
        db
          .selectFrom(batchOf('rosterRow', numbered))
          .select([sql<string>`${scope.id}::uuid`.as('importId'), sql<string>`${scope.countyId}::uuid`.as('countyId')])
          .select(['n', 'line', 'record']),
      )
      .execute()
  },

  async countJudged(
    tx: RawTx,
    importId: string,
    judged: { rows: number; valid: number; errors: number; warnings: number },
  ): Promise<void> {
    await change(tx, importId)
      .set(({ eb }) => ({
        rowsJudged: eb('rowsJudged', '+', judged.rows),
        rowsTotal: sql<number>`greatest(rows_total, rows_judged + ${judged.rows}::int)`,
        rowsValid: eb('rowsValid', '+', judged.valid),
        errors: eb('errors', '+', judged.errors),
        warnings: eb('warnings', '+', judged.warnings),
        failures: 0,
        claims: 0,
        updatedAt: now,
      }))
      .execute()
  },

  async setState(tx: RawTx, importId: string, state: ImportState): Promise<void> {
    await change(tx, importId).set({ state, leaseUntil: null, updatedAt: now }).execute()
  },

  /** All is taken over: file and staged rows go, since they hold people's names and are of no more use. */
  async complete(tx: RawTx, importId: string): Promise<void> {
    await clearParts(tx, importId, ['rosterChunk', 'rosterRow'])
    await this.setState(tx, importId, 'COMMITTED')
  },

  async countDone(tx: RawTx, importId: string, chunk: ChunkResult): Promise<void> {
    await change(tx, importId)
      .set(({ eb }) => ({
        rowsDone: eb('rowsDone', '+', chunk.taken),
        doneThrough: chunk.through,
        added: eb('added', '+', chunk.added),
        changed: eb('changed', '+', chunk.changed),
        unchanged: eb('unchanged', '+', chunk.unchanged),
        refused: eb('refused', '+', chunk.refused),
        errors: eb('errors', '+', chunk.refused),
        failures: 0,
        claims: 0,
        updatedAt: now,
      }))
      .execute()
  },

  async failed(tx: RawTx, importId: string, { code, zh, en }: { code: string; zh: string; en: string }): Promise<void> {
    await change(tx, importId)
      .set({ state: 'FAILED', failureCode: code, failureZh: zh, failureEn: en, leaseUntil: null, updatedAt: now })
      .execute()
  },

  /** Lets an import go: file and staged rows are of no more use, and a worker that has it stops. What was taken over stays. */
  async withdraw(tx: RawTx, importId: string): Promise<void> {
    await clearParts(tx, importId, ['rosterChunk', 'rosterRow', 'rosterMissing'])
    await change(tx, importId)
      .set(({ eb }) => ({
        state: 'WITHDRAWN',
        leaseToken: eb('leaseToken', '+', 1n),
        leaseUntil: null,
        uploadToken: null,
        uploadUntil: null,
        updatedAt: now,
      }))
      .execute()
  },

  /** Imports that nobody has touched for so long that their people's data goes; a few at a time. */
  async forgotten(tx: RawTx, days: number): Promise<{ id: string; countyId: string }[]> {
    return sqlOf(tx)
      .selectFrom('rosterImport')
      .select(['id', 'countyId'])
      .where('state', 'in', ['AWAITING_FILE', 'UPLOADED', 'PREVIEWED', 'FAILED'])
      .where('fileBytes', '>', 0n)
      .where(livesHere('rosterImport.countyId'))
      .where('updatedAt', '<', sql<Date>`now() - make_interval(days => ${days}::int)`)
      .orderBy('updatedAt')
      .limit(100)
      .execute()
  },

  /** Of a file that is not taken over nothing stays staged, and nothing is counted as valid. */
  async dropStaged(tx: RawTx, importId: string): Promise<void> {
    await clearParts(tx, importId, ['rosterRow', 'rosterMissing'])
    await change(tx, importId).set({ rowsValid: 0, added: 0, changed: 0, unchanged: 0 }).execute()
  },
}
