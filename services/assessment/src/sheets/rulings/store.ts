import type { RawTx } from '@linghang/access'
import { anyOf, insertBatch } from '@linghang/database'
import type { Period } from '@linghang/rulebook'
import type { Ruling } from '../../engine/asked.ts'
import { sqlOf } from '../../work.ts'

/** A ruling as it is written: of whose sheet, where, by whom. */
export type WrittenRuling = Ruling & {
  id: string
  countyId: string
  orgId: string
  subjectId: string
  periodFrom: string
  periodUntil: string
  decidedBy: string | null
  decidedAt: Date
}

const said = ['lineKey', 'kind', 'proposed', 'points', 'basis', 'reason'] as const

/** A ruling as it is read one by one. */
export type KeptRuling = Ruling & { sheetId: string; decidedAt: Date }

/** What offices have decided of lines; appended, the last one counts. */
export const rulingStore = {
  async write(tx: RawTx, rulings: readonly WrittenRuling[]): Promise<void> {
    const keys = [
      ...(['id', 'countyId', 'orgId', 'subjectId', 'periodFrom', 'periodUntil', 'decidedBy', 'decidedAt'] as const),
      ...said,
    ]
    const rows = rulings.map(ruling => ({ ...ruling, basis: [...ruling.basis] }))
    await insertBatch(sqlOf(tx), 'sheetRuling', keys, rows).execute()
  },

  /** Those of each line of these sheets in the order in which they were decided, the last ones where they are many. */
  async ofSheets(tx: RawTx, countyId: string, sheetIds: readonly string[], mostOfLine: number): Promise<KeptRuling[]> {
    return sqlOf(tx)
      .selectFrom(({ selectFrom }) =>
        selectFrom('scoreSheet as s')
          .innerJoin('sheetRuling as r', join =>
            join
              .onRef('r.countyId', '=', 's.countyId')
              .onRef('r.subjectId', '=', 's.subjectId')
              .onRef('r.periodFrom', '=', 's.periodFrom')
              .onRef('r.periodUntil', '=', 's.periodUntil'),
          )
          .select(['s.id as sheetId', 'r.id', 'r.decidedAt', ...said.map(name => `r.${name}` as const)])
          .select(({ fn }) =>
            fn
              .agg<string>('row_number')
              .over(over => over.partitionBy(['s.id', 'r.lineKey']).orderBy('r.id', 'desc'))
              .as('place'),
          )
          .where('s.countyId', '=', countyId)
          .where('s.id', '=', anyOf(sheetIds))
          .as('ruled'),
      )
      .select(['sheetId', 'decidedAt', ...said])
      .where('place', '<=', `${mostOfLine}`)
      .orderBy('id')
      .execute()
  },

  /** Those of these subjects in periods that end within a time, in the order in which they were decided. */
  async ofSubjects(
    tx: RawTx,
    countyId: string,
    subjectIds: readonly string[],
    { from, until }: Period,
  ): Promise<Map<string, Ruling[]>> {
    const rows = await sqlOf(tx)
      .selectFrom('sheetRuling')
      .select(['subjectId', ...said])
      .where('countyId', '=', countyId)
      .where('subjectId', '=', anyOf(subjectIds))
      .where('periodUntil', '>=', from)
      .where('periodUntil', '<=', until)
      .orderBy('id')
      .execute()
    return Map.groupBy(rows, ({ subjectId }) => subjectId)
  },
}
