import { sql } from 'kysely'
import { type Row, sqlOf, type Tx } from '../../work.ts'

const noticeKeys = [
  ...(['id', 'caseId', 'orgId', 'step', 'name', 'startsOn', 'endsOn', 'workingDays', 'provisional'] as const),
  'closedOn' as const,
]
const objectionKeys = ['id', 'caseId', 'content', 'raisedOn', 'answer', 'upheld', 'decidedOn'] as const

export type NoticeRow = Row<'publicNotice', (typeof noticeKeys)[number]>
export type ObjectionRow = Row<'objection', (typeof objectionKeys)[number]>

/** What hangs for the unit's people to read, and what they have against it. */
export const noticeStore = {
  ofOrganisations: (tx: Tx, orgIds: readonly string[], today: string): Promise<NoticeRow[]> =>
    sqlOf(tx)
      .selectFrom(sql<{ id: string }>`unnest(${orgIds}::uuid[])`.as<'place'>(sql`place (id)`))
      .crossJoinLateral(db =>
        db
          .selectFrom('publicNotice')
          .select(noticeKeys)
          .whereRef('orgId', '=', 'place.id')
          .where(({ not }) => not('cancelled'))
          .where('startsOn', '<=', today)
          .where(({ eb, or }) =>
            or([eb('closedOn', 'is', null), eb('closedOn', '>', sql<string>`${today}::date - 30`)]),
          )
          .orderBy('endsOn', 'desc')
          .orderBy('id')
          .limit(100)
          .as('notice'),
      )
      .selectAll('notice')
      .orderBy('notice.endsOn', 'desc')
      .orderBy('notice.id')
      .execute(),

  byId: async (tx: Tx, id: string): Promise<NoticeRow | null> =>
    (await sqlOf(tx)
      .selectFrom('publicNotice')
      .select(noticeKeys)
      .where('id', '=', id)
      .where('closedOn', 'is', null)
      .where(({ not }) => not('cancelled'))
      .executeTakeFirst()) ?? null,

  async object(
    tx: Tx,
    objection: Row<'objection', 'id' | 'countyId' | 'orgId' | 'caseId' | 'content' | 'raisedBy' | 'raisedOn'>,
  ): Promise<void> {
    await sqlOf(tx).insertInto('objection').values(objection).execute()
  },

  async answer(
    tx: Tx,
    { id, ...answered }: Row<'objection', 'id' | 'answer' | 'upheld' | 'decidedOn' | 'decidedBy'>,
  ): Promise<boolean> {
    const { numUpdatedRows } = await sqlOf(tx)
      .updateTable('objection')
      .set(answered)
      .where('id', '=', id)
      .where('decidedOn', 'is', null)
      .executeTakeFirst()
    return numUpdatedRows === 1n
  },

  objectionsOf: (tx: Tx, caseIds: readonly string[]): Promise<ObjectionRow[]> =>
    sqlOf(tx)
      .selectFrom(sql<{ id: string }>`unnest(${caseIds}::uuid[])`.as<'kase'>(sql`kase (id)`))
      .crossJoinLateral(db =>
        db
          .selectFrom('objection')
          .select(objectionKeys)
          .whereRef('caseId', '=', 'kase.id')
          .orderBy('raisedOn', 'desc')
          .orderBy('id', 'desc')
          .limit(100)
          .as('objected'),
      )
      .selectAll('objected')
      .orderBy('objected.raisedOn')
      .orderBy('objected.id')
      .execute(),
}
