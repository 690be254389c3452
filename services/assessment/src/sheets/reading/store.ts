import type { RawTx } from '@linghang/access'
import { anyOf, countUnder, type Stretch, stretchUnder } from '@linghang/database'
import { type RawBuilder, sql } from 'kysely'
import type { SubjectType } from '../../facts/fact.ts'
import { sqlOf } from '../../work.ts'
import type { SheetRow } from './sheet-row.ts'

const columns = [
  ...(['id', 'orgId', 'subjectType', 'subjectId', 'periodFrom', 'periodUntil', 'packKey', 'packVersion'] as const),
  ...(['scale', 'score', 'attainable', 'grade', 'groups', 'lights', 'hash', 'version', 'publishedOn'] as const),
]
const newestFirst = { by: ['periodUntil', 'periodFrom', 'id'], descending: true } as const

const of = (tx: RawTx, countyId: string, type: SubjectType) =>
  sqlOf(tx).selectFrom('scoreSheet').select(columns).where('countyId', '=', countyId).where('subjectType', '=', type)

/** In which time, and whether those alone of whom a light is on. */
export type MembersAt = { on: string; lit: boolean }
const membersOf = (tx: RawTx, countyId: string, orgId: RawBuilder<string>, { on, lit }: MembersAt) =>
  of(tx, countyId, 'MEMBER')
    .where('orgId', '=', orgId)
    .where('periodFrom', '<=', on)
    .where('periodUntil', '>=', on)
    .$if(lit, all => all.where(sql<boolean>`jsonb_array_length(lights) > 0`))

export const sheetStore = {
  byIds: (tx: RawTx, countyId: string, ids: readonly string[]): Promise<SheetRow[]> =>
    sqlOf(tx)
      .selectFrom('scoreSheet')
      .select(columns)
      .where('countyId', '=', countyId)
      .where('id', '=', anyOf(ids))
      .execute(),

  async names(tx: RawTx, countyId: string, orgIds: readonly string[]): Promise<Map<string, string>> {
    const rows = await sqlOf(tx)
      .selectFrom('orgNode')
      .select(['id', 'name'])
      .where('countyId', '=', countyId)
      .where('id', '=', anyOf(orgIds))
      .execute()
    return new Map(rows.map(({ id, name }) => [id, name]))
  },

  /** A stretch of each subject's, the newest first; one statement. */
  ofSubjects: (tx: RawTx, countyId: string, type: SubjectType, ids: readonly string[], stretch: Stretch) =>
    stretchUnder(
      sqlOf(tx),
      ids,
      id => of(tx, countyId, type).where('subjectId', '=', id),
      stretch,
      newestFirst,
    ) as Promise<Map<string, SheetRow[]>>,

  countOfSubjects: (tx: RawTx, countyId: string, type: SubjectType, ids: readonly string[]) =>
    countUnder(sqlOf(tx), ids, id => of(tx, countyId, type).where('subjectId', '=', id)),

  /** A stretch of the sheets of each organisation's members in the time of a day, in the order of their ids: never of points. */
  membersAt: (tx: RawTx, countyId: string, orgIds: readonly string[], at: MembersAt, stretch: Stretch) =>
    stretchUnder(sqlOf(tx), orgIds, id => membersOf(tx, countyId, id, at), stretch, {
      by: ['subjectId', 'id'],
    }) as Promise<Map<string, SheetRow[]>>,

  countMembersAt: (tx: RawTx, countyId: string, orgIds: readonly string[], at: MembersAt) =>
    countUnder(sqlOf(tx), orgIds, id => membersOf(tx, countyId, id, at)),
}
