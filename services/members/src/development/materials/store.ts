import type { DevelopmentTemplate, StepKey } from '@linghang/rulebook'
import type { Tx } from '../../work.ts'
import type { Material, MaterialState } from './material.ts'

type Columns = {
  id: string
  county_id: string
  org_id: string
  case_id: string
  step: StepKey
  template: DevelopmentTemplate
  confidential: boolean
  file_name: string
  state: MaterialState
  replaces: string | null
  filed_on: string
  created_at: Date
  uploaded_by: string | null
  media_type: string | null
  bytes: bigint | null
  sha256: string | null
  object_key: string | null
  filed_at: Date | null
}

const toMaterial = (row: Columns): Material => ({
  id: row.id,
  countyId: row.county_id,
  orgId: row.org_id,
  caseId: row.case_id,
  step: row.step,
  template: row.template,
  confidential: row.confidential,
  fileName: row.file_name,
  state: row.state,
  replaces: row.replaces,
  filedOn: row.filed_on,
  createdAt: row.created_at,
  uploadedBy: row.uploaded_by,
  mediaType: row.media_type,
  bytes: row.bytes === null ? null : Number(row.bytes),
  sha256: row.sha256,
  objectKey: row.object_key,
  filedAt: row.filed_at,
})

const columns = `id, county_id, org_id, case_id, step, template, confidential, file_name, state, replaces, filed_on::text as filed_on,
  created_at, uploaded_by, media_type, bytes, encode(sha256, 'hex') as sha256, object_key, filed_at`

export const materialStore = {
  async byIds(tx: Tx, countyId: string, ids: readonly string[]): Promise<Material[]> {
    const rows = await tx.$queryRawUnsafe<Columns[]>(
      `select ${columns} from material where county_id = $1::uuid and id = any ($2::uuid[])`,
      countyId,
      ids,
    )
    return rows.map(toMaterial)
  },

  async lock(tx: Tx, countyId: string, id: string): Promise<Material | null> {
    const [row] = await tx.$queryRawUnsafe<Columns[]>(
      `select ${columns} from material where county_id = $1::uuid and id = $2::uuid for update`,
      countyId,
      id,
    )
    return row ? toMaterial(row) : null
  },

  /** What has been filed for these cases, replaced papers too, in the order in which it came. */
  async ofCases(tx: Tx, countyId: string, caseIds: readonly string[]): Promise<Material[]> {
    const rows = await tx.$queryRawUnsafe<Columns[]>(
      `select ${columns} from material where county_id = $1::uuid and case_id = any ($2::uuid[])
         and state in ('FILED', 'REPLACED') order by case_id, filed_on, id`,
      countyId,
      caseIds,
    )
    return rows.map(toMaterial)
  },

  /** Holds a case's list of papers, so that two who add at one moment are both counted. */
  async holdList(tx: Tx, caseId: string): Promise<void> {
    await tx.$queryRawUnsafe('select pg_advisory_xact_lock(hashtextextended($1, 0))::text', `materials/${caseId}`)
  },

  async count(tx: Tx, caseId: string, step: StepKey): Promise<{ ofCase: number; ofStep: number }> {
    const [row] = await tx.$queryRawUnsafe<{ of_case: number; of_step: number }[]>(
      `select count(*)::int as of_case, count(*) filter (where step = $2)::int as of_step
       from material where case_id = $1::uuid and state <> 'ABANDONED'`,
      caseId,
      step,
    )
    return { ofCase: row?.of_case ?? 0, ofStep: row?.of_step ?? 0 }
  },

  async create(tx: Tx, material: Material): Promise<void> {
    await tx.$executeRawUnsafe(
      `insert into material (id, county_id, org_id, case_id, step, template, confidential, file_name, state, replaces, filed_on, created_at, uploaded_by)
       values ($1::uuid, $2::uuid, $3::uuid, $4::uuid, $5, $6, $7, $8, 'UPLOADING', $9::uuid, $10::date, $11, $12::uuid)`,
      material.id,
      material.countyId,
      material.orgId,
      material.caseId,
      material.step,
      material.template,
      material.confidential,
      material.fileName,
      material.replaces,
      material.filedOn,
      material.createdAt,
      material.uploadedBy,
    )
  },

  async beginObject(tx: Tx, material: Material, key: string, now: Date): Promise<void> {
    await tx.$executeRawUnsafe(
      'insert into material_object (key, county_id, material_id, begun_at) values ($1, $2::uuid, $3::uuid, $4)',
      key,
      material.countyId,
      material.id,
      now,
    )
  },

  async file(
    tx: Tx,
    id: string,
    found: { mediaType: string; bytes: number; sha256: string; key: string; now: Date },
  ): Promise<void> {
    await tx.$executeRawUnsafe(
      `update material set state = 'REPLACED' where state = 'FILED' and id = (select replaces from material where id = $1::uuid)`,
      id,
    )
    await tx.$executeRawUnsafe(
      `update material set state = 'FILED', media_type = $2, bytes = $3, sha256 = decode($4, 'hex'), object_key = $5, filed_at = $6
       where id = $1::uuid`,
      id,
      found.mediaType,
      found.bytes,
      found.sha256,
      found.key,
      found.now,
    )
    // The object has its row; it is no orphan any more.
    await tx.$executeRawUnsafe('delete from material_object where key = $1', found.key)
  },

  /** Objects that were begun before `before` and never got their row. */
  async orphans(tx: Tx, before: Date, limit: number): Promise<string[]> {
    const rows = await tx.$queryRawUnsafe<{ key: string }[]>(
      'select key from material_object where begun_at < $1 order by begun_at limit $2',
      before,
      limit,
    )
    return rows.map(({ key }) => key)
  },

  async forgetObject(tx: Tx, key: string): Promise<void> {
    await tx.$executeRawUnsafe('delete from material_object where key = $1', key)
  },

  async abandon(tx: Tx, before: Date, limit: number): Promise<number> {
    return tx.$executeRawUnsafe(
      `update material set state = 'ABANDONED' where id in
         (select id from material where state = 'UPLOADING' and created_at < $1 order by created_at limit $2 for update skip locked)`,
      before,
      limit,
    )
  },
}
