import { sql } from 'kysely'
import { type Row, sqlOf, type Tx } from '../../work.ts'

export const placeStore = {
  /** Names of an organisation and of its superiors, by id: of superiors that much is known to everybody below (S3-2). */
  async namesFrom(tx: Tx, orgId: string): Promise<Map<string, string>> {
    const superiors = sql<Row<'orgNode', 'id' | 'name'>>`app.superiors_of(array[${orgId}::uuid])`
    const rows = await sqlOf(tx)
      .selectFrom('orgNode')
      .select(['id', 'name'])
      .where('id', '=', orgId)
      .unionAll(db => db.selectFrom(superiors.as('superior')).select(['superior.id', 'superior.name']))
      .execute()
    return new Map(rows.map(({ id, name }) => [id, name]))
  },
}
