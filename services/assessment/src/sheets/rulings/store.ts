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
