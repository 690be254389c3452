import type { RawTx } from '@linghang/access'
import { anyOf, insertBatch } from '@linghang/database'
import type { Period } from '@linghang/rulebook'
import { sql } from 'kysely'
import type { Sheet } from '../../engine/sheet.ts'
import type { SubjectType } from '../../facts/fact.ts'
import { sqlOf } from '../../work.ts'

export type PublishedVersion = {
  sheetId: string
  version: number
  score: number
  grade: string | null
  hash: Uint8Array
  publishedOn: string
}
/** A sheet that is to be published, or was changed since it was. */
export type Publishable = {
  id: string
  version: number
  sheet: Sheet
  derivation: string
  hash: Uint8Array<ArrayBuffer>
}
export type Publication = { periodFrom: string; periodUntil: string; state: 'PUBLISHING' | 'PUBLISHED'; sheets: number }

const columns = ['periodFrom', 'periodUntil', 'state', 'sheets'] as const

/** What was published, and which times are being. */
export const publishedStore = {
  /** Appends a version of each sheet; one that is there already stays as it is. */
  async append(tx: RawTx, countyId: string, sheets: readonly Publishable[], on: string): Promise<void> {
    const rows = sheets.map(({ id, version, sheet, derivation, hash }) => ({
      ...{
        sheetId: id,
        version,
        countyId,
        orgId: sheet.orgId,
        subjectType: sheet.subjectType,
        subjectId: sheet.subjectId,
      },
      ...{ score: sheet.score, grade: sheet.grade, hash, derivation, publishedOn: on },
    }))
    const keys = [
      ...(['sheetId', 'version', 'countyId', 'orgId', 'subjectType', 'subjectId', 'score', 'grade', 'hash'] as const),
      ...(['derivation', 'publishedOn'] as const),
    ]
    await insertBatch(sqlOf(tx), 'publishedSheet', keys, rows)
      .onConflict(found => found.doNothing())
      .execute()
  },

  /** What was published of these sheets, the newest first. */
  async versionsOf(tx: RawTx, countyId: string, sheetIds: readonly string[]): Promise<Map<string, PublishedVersion[]>> {
    const rows = await sqlOf(tx)
      .selectFrom('publishedSheet')
      .select(['sheetId', 'version', 'score', 'grade', 'hash', 'publishedOn'])
      .where('countyId', '=', countyId)
      .where('sheetId', '=', anyOf(sheetIds))
      .orderBy('version', 'desc')
      .execute()
    return Map.groupBy(rows, ({ sheetId }) => sheetId)
  },

  /** What was published last of these sheets, as it was derived. */
  async derivations(tx: RawTx, countyId: string, sheetIds: readonly string[]): Promise<Map<string, string>> {
    const rows = await sqlOf(tx)
      .selectFrom('publishedSheet')
      .distinctOn('sheetId')
      .select(['sheetId', 'derivation'])
      .where('countyId', '=', countyId)
      .where('sheetId', '=', anyOf(sheetIds))
      .orderBy('sheetId')
      .orderBy('version', 'desc')
      .execute()
    return new Map(rows.map(({ sheetId, derivation }) => [sheetId, derivation]))
  },

  /** @returns whether it was begun now; false: it was before */
  async begin(tx: RawTx, countyId: string, period: Period, by: string | null, at: Date): Promise<boolean> {
    const rows = await sqlOf(tx)
      .insertInto('scorePublication')
      .values({
        ...{ countyId, periodFrom: period.from, periodUntil: period.until, state: 'PUBLISHING' },
        ...{ begunBy: by, begunAt: at },
      })
      .onConflict(found => found.doNothing())
      .returning('countyId')
      .execute()
    return rows.length > 0
  },

  /** Those under way, or all; the newest first. */
  publications(tx: RawTx, countyId: string, state?: Publication['state']): Promise<Publication[]> {
    const all = sqlOf(tx).selectFrom('scorePublication').select(columns).where('countyId', '=', countyId)
    return (state ? all.where('state', '=', state) : all).orderBy('periodFrom', 'desc').limit(100).execute()
  },

  /** The next sheets of a time that are not published. */
  async next(tx: RawTx, countyId: string, { from, until }: Period, type: SubjectType, most: number) {
    return await sqlOf(tx)
      .selectFrom('scoreSheet')
      .select(['id', 'subjectId', 'packKey', 'packVersion', 'version'])
      .where('countyId', '=', countyId)
      .where('periodFrom', '=', from)
      .where('periodUntil', '=', until)
      .where('subjectType', '=', type)
      .where('publishedOn', 'is', null)
      .orderBy('id')
      .limit(most)
      .forUpdate()
      .execute()
  },

  async mark(tx: RawTx, countyId: string, period: Period, sheetIds: readonly string[], on: string): Promise<void> {
    await sqlOf(tx)
      .updateTable('scoreSheet')
      .set({ publishedOn: on })
      .where('countyId', '=', countyId)
      .where('id', '=', anyOf(sheetIds))
      .execute()
    await sqlOf(tx)
      .updateTable('scorePublication')
      .set({ sheets: sql<number>`sheets + ${sheetIds.length}` })
      .where('countyId', '=', countyId)
      .where('periodFrom', '=', period.from)
      .where('periodUntil', '=', period.until)
      .execute()
  },

  async finish(tx: RawTx, countyId: string, period: Period): Promise<void> {
    await sqlOf(tx)
      .updateTable('scorePublication')
      .set({ state: 'PUBLISHED' })
      .where('countyId', '=', countyId)
      .where('periodFrom', '=', period.from)
      .where('periodUntil', '=', period.until)
      .execute()
  },
}
