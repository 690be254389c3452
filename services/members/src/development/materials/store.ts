import { anyOf } from '@linghang/database'
import type { StepKey } from '@linghang/rulebook'
import { type NotNull, sql } from 'kysely'
import { type Row, sqlOf, type Tx } from '../../work.ts'
import type { Material } from './material.ts'

const columns = [
  ...([
    'id',
    'countyId',
    'orgId',
    'caseId',
    'step',
    'template',
    'confidential',
    'fileName',
    'state',
    'replaces',
  ] as const),
  ...(['filedOn', 'createdAt', 'uploadedBy', 'mediaType', 'bytes', 'sha256', 'objectKey', 'filedAt'] as const),
]

const toMaterial = ({ bytes, sha256, ...row }: Row<'material', (typeof columns)[number]>): Material => ({
  ...row,
  bytes: bytes === null ? null : Number(bytes),
  sha256: sha256 && Buffer.from(sha256).toString('hex'),
})

const ofCounty = (tx: Tx, countyId: string) =>
  sqlOf(tx).selectFrom('material').select(columns).where('countyId', '=', countyId)

export const materialStore = {
  async byIds(tx: Tx, countyId: string, ids: readonly string[]): Promise<Material[]> {
    const rows = await ofCounty(tx, countyId).where('id', '=', anyOf(ids)).execute()
    return rows.map(toMaterial)
  },

  async lock(tx: Tx, countyId: string, id: string): Promise<Material | null> {
    const row = await ofCounty(tx, countyId).where('id', '=', id).forUpdate().executeTakeFirst()
    return row ? toMaterial(row) : null
  },

  /** What has been filed for these cases, replaced papers too, in the order in which it came. */
  async ofCases(tx: Tx, countyId: string, caseIds: readonly string[]): Promise<Material[]> {
    const rows = await ofCounty(tx, countyId)
      .where('caseId', '=', anyOf(caseIds))
      .where('state', 'in', ['FILED', 'REPLACED'])
      .orderBy('caseId')
      .orderBy('filedOn')
      .orderBy('id')
      .execute()
    return rows.map(toMaterial)
  },

  /** Holds a case's list of papers, so that two who add at one moment are both counted. */
  async holdList(tx: Tx, caseId: string): Promise<void> {
    await sql`select pg_advisory_xact_lock(hashtextextended(${`materials/${caseId}`}, 0))::text`.execute(sqlOf(tx))
  },

  async count(tx: Tx, caseId: string, step: StepKey): Promise<{ ofCase: number; ofStep: number }> {
    const { ofCase, ofStep } = await sqlOf(tx)
      .selectFrom('material')
      .select(({ fn }) => [
        fn.countAll<bigint>().as('ofCase'),
        fn.countAll<bigint>().filterWhere('step', '=', step).as('ofStep'),
      ])
      .where('caseId', '=', caseId)
      .where('state', '<>', 'ABANDONED')
      .executeTakeFirstOrThrow()
    return { ofCase: Number(ofCase), ofStep: Number(ofStep) }
  },

  async create(tx: Tx, { bytes: _, sha256: __, ...begun }: Material): Promise<void> {
    await sqlOf(tx).insertInto('material').values(begun).execute()
  },

  async beginObject(tx: Tx, { id, countyId }: Material, key: string, now: Date): Promise<void> {
    await sqlOf(tx).insertInto('materialObject').values({ key, countyId, materialId: id, begunAt: now }).execute()
  },

  async file(
    tx: Tx,
    id: string,
    found: { mediaType: string; bytes: number; sha256: string; key: string; now: Date },
  ): Promise<void> {
    const db = sqlOf(tx)
    const replaced = db
      .selectFrom('material')
      .select('replaces')
      .where('id', '=', id)
      .$narrowType<{ replaces: NotNull }>()
    await db
      .updateTable('material')
      .set({ state: 'REPLACED' })
      .where('state', '=', 'FILED')
      .where('id', '=', replaced)
      .execute()
    const { mediaType, bytes, sha256, key: objectKey, now: filedAt } = found
    await db
      .updateTable('material')
      .set({ state: 'FILED', mediaType, bytes: BigInt(bytes), sha256: Buffer.from(sha256, 'hex'), objectKey, filedAt })
      .where('id', '=', id)
      .execute()
    // The object has its row; it is no orphan any more.
    await materialStore.forgetObject(tx, objectKey)
  },

  /** Objects that were begun before `before` and never got their row. */
  async orphans(tx: Tx, before: Date, limit: number): Promise<string[]> {
    const rows = await sqlOf(tx)
      .selectFrom('materialObject')
      .select('key')
      .where('begunAt', '<', before)
      .orderBy('begunAt')
      .limit(limit)
      .execute()
    return rows.map(({ key }) => key)
  },

  async forgetObject(tx: Tx, key: string): Promise<void> {
    await sqlOf(tx).deleteFrom('materialObject').where('key', '=', key).execute()
  },

  async abandon(tx: Tx, before: Date, limit: number): Promise<number> {
    const { numUpdatedRows } = await sqlOf(tx)
      .updateTable('material')
      .set({ state: 'ABANDONED' })
      .where('id', 'in', db =>
        db
          .selectFrom('material')
          .select('id')
          .where('state', '=', sql.lit('UPLOADING' as const))
          .where('createdAt', '<', before)
          .orderBy('createdAt')
          .limit(limit)
          .forUpdate()
          .skipLocked(),
      )
      .executeTakeFirst()
    return Number(numUpdatedRows)
  },
}
