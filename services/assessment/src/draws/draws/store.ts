import { anyOf, countUnder, insertBatch, type Stretch, stretchUnder } from '@linghang/database'
import { type RawBuilder, sql } from 'kysely'
import { sqlOf, type Tx } from '../../work.ts'
import type { DrawPlace, LedgerDraw } from './draw.ts'

const columns = [
  ...(['id', 'orgId', 'quarter', 'white', 'draws', 'basis', 'list', 'listHash', 'seedHash', 'seed', 'items'] as const),
  ...(['drawFrom', 'reviewsDueOn', 'openedAt', 'drawnAt'] as const),
]
const placeColumns = ['drawId', 'branchId', 'list', 'place', 'drawn'] as const
type NewDraw = Omit<LedgerDraw, 'seed' | 'drawnAt'> & { countyId: string; openedBy: string; version: bigint }

const drawsAt = (tx: Tx, orgId: RawBuilder<string>) =>
  sqlOf(tx).selectFrom('ledgerDraw').select(columns).where('orgId', '=', orgId)

export const drawStore = {
  byIds: (tx: Tx, countyId: string, ids: readonly string[]): Promise<LedgerDraw[]> =>
    sqlOf(tx)
      .selectFrom('ledgerDraw')
      .select(columns)
      .where('countyId', '=', countyId)
      .where('id', '=', anyOf(ids))
      .execute(),

  async lock(tx: Tx, countyId: string, id: string): Promise<LedgerDraw | null> {
    const own = sqlOf(tx).selectFrom('ledgerDraw').where('id', '=', id).where('countyId', '=', countyId)
    await own.select('id').forUpdate().execute()
    return (await own.select(columns).executeTakeFirst()) ?? null
  },

  /** Makes the seed of a draw where no service can read it. @returns its hash */
  async sowSeed(tx: Tx, drawId: string, orgId: string): Promise<string> {
    const { rows } = await sql<{ hash: string }>`select app.sow_seed(${drawId}::uuid, ${orgId}::uuid) as hash`.execute(
      sqlOf(tx),
    )
    return rows[0]?.hash as string
  },

  /** Publishes the seed of a draw, which is to draw. @returns null where the database does not let it out */
  async revealSeed(tx: Tx, drawId: string, by: string, at: Date): Promise<string | null> {
    const { rows } = await sql<{ seed: string | null }>`
      select app.reveal_seed(${drawId}::uuid, ${by}::uuid, ${at}::timestamptz) as seed`.execute(sqlOf(tx))
    return rows[0]?.seed ?? null
  },

  async insert(tx: Tx, { items, ...draw }: NewDraw): Promise<void> {
    await sqlOf(tx)
      .insertInto('ledgerDraw')
      .values({ ...draw, items: JSON.stringify(items) })
      .execute()
  },

  async insertPlaces(tx: Tx, countyId: string, orgId: string, places: readonly DrawPlace[]): Promise<void> {
    const rows = places.map(place => ({ ...place, countyId, orgId }))
    await insertBatch(sqlOf(tx), 'ledgerDrawPlace', ['countyId', 'orgId', ...placeColumns], rows).execute()
  },

  /** Writes the order in which a draw has taken its white list, and who is drawn; the black list is. */
  async writeOrder(tx: Tx, drawId: string, order: readonly string[], draws: number): Promise<void> {
    await sql`
      update ledger_draw_place p set place = o.n, drawn = o.n <= ${draws}
      from unnest(${order}::uuid[]) with ordinality as o (branch_id, n)
      where p.draw_id = ${drawId}::uuid and p.branch_id = o.branch_id`.execute(sqlOf(tx))
    await sqlOf(tx)
      .updateTable('ledgerDrawPlace')
      .set({ drawn: true })
      .where('drawId', '=', drawId)
      .where('list', '=', 'BLACK')
      .execute()
  },

  /** Counts up what is told of a draw. */
  async tell(tx: Tx, id: string): Promise<number> {
    const { version } = await sqlOf(tx)
      .updateTable('ledgerDraw')
      .set(({ eb }) => ({ version: eb('version', '+', 1n) }))
      .where('id', '=', id)
      .returning('version')
      .executeTakeFirstOrThrow()
    return Number(version)
  },

  /** Who was drawn of the white list, in the order of the draw; whoever sees a draw may know, of all who stand in it. */
  async drawn(tx: Tx, drawIds: readonly string[]): Promise<{ drawId: string; branchId: string }[]> {
    const { rows } = await sql<{ drawId: string; branchId: string }>`
      select draw_id, branch_id from app.drawn_of(${drawIds}::uuid[])`.execute(sqlOf(tx))
    return rows
  },

  /** Everybody who stands in these draws. */
  branches: (
    tx: Tx,
    drawIds: readonly string[],
  ): Promise<{ drawId: string; branchId: string; list: 'BLACK' | 'WHITE' }[]> =>
    sqlOf(tx)
      .selectFrom('ledgerDrawPlace')
      .select(['drawId', 'branchId', 'list'])
      .where('drawId', '=', anyOf(drawIds))
      .execute(),

  /** Places of each draw, of these branches alone. */
  places: (
    tx: Tx,
    drawIds: readonly string[],
    branchIds: readonly string[],
    stretch: Stretch,
  ): Promise<Map<string, DrawPlace[]>> =>
    stretchUnder(
      sqlOf(tx),
      drawIds,
      drawId =>
        sqlOf(tx)
          .selectFrom('ledgerDrawPlace')
          .select(placeColumns)
          .where('drawId', '=', drawId)
          .where('branchId', '=', anyOf(branchIds)),
      stretch,
      { by: ['branchId'] },
    ),

  at: (tx: Tx, orgIds: readonly string[], stretch: Stretch): Promise<Map<string, LedgerDraw[]>> =>
    stretchUnder(sqlOf(tx), orgIds, id => drawsAt(tx, id), stretch, { by: ['quarter', 'id'], descending: true }),

  countAt: (tx: Tx, orgIds: readonly string[]): Promise<Map<string, number>> =>
    countUnder(sqlOf(tx), orgIds, id => drawsAt(tx, id)),
}
