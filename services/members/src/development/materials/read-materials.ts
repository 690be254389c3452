import { recordAudit } from '@linghang/access'
import { type FileLink, openContent } from '@linghang/papers'
import { requireGoodLink } from '@linghang/papers/give-file'
import { many, one } from '@linghang/subgraph/request-context'
import type { Tx, Work } from '../../work.ts'
import { seesConfidential, viewCase } from '../cases/case-access.ts'
import { casesSeen } from '../cases/read-cases.ts'
import { fail } from './errors.ts'
import type { Material } from './material.ts'
import { materialStore } from './store.ts'

export const materialPath = (id: string): string => `/files/materials/${id}`

/** Those of these papers that the actor may see, by how they stand to the cases. */
async function shown(work: Work, materials: readonly Material[]): Promise<Material[]> {
  const cases = await casesSeen(work, [...new Set(materials.map(({ caseId }) => caseId))])
  const standpoints = new Map(cases.map(({ id, as }) => [id, as]))
  return materials.filter(({ caseId, confidential }) => {
    const as = standpoints.get(caseId)
    return as !== undefined && (!confidential || seesConfidential(as))
  })
}

/** What has been filed for each case, as much of it as the actor may see. */
export const readMaterialsOf = async (work: Work, caseIds: readonly string[]): Promise<Map<string, Material[]>> =>
  Map.groupBy(
    await shown(work, await materialStore.ofCases(work.tx, work.actor.countyId, caseIds)),
    ({ caseId }) => caseId,
  )
export const materialsOfCase = many(readMaterialsOf)

/** Everything that was filed for a case, for whoever tells it whole. */
export const papersOf = (tx: Tx, countyId: string, caseId: string): Promise<Material[]> =>
  materialStore.ofCases(tx, countyId, [caseId])

/** Materials by id, in whatever state; those of others are left out. */
export const materialById = one(async (work: Work, ids) => {
  const found = await materialStore.byIds(work.tx, work.actor.countyId, ids)
  return new Map((await shown(work, found)).map(material => [material.id, material]))
})

/** @throws DomainError NOT_FOUND for whoever may not see it, whether it exists or not, MATERIAL_NOT_FILED */
async function seeFiled(work: Work, id: string): Promise<Material> {
  const unknown = () => fail('NOT_FOUND', { what: `Material:${id}` })
  const [material] = await materialStore.byIds(work.tx, work.actor.countyId, [id])
  if (!material) return unknown()
  const { as } = await viewCase(work, material.caseId)
  if (material.confidential && !seesConfidential(as)) return unknown()
  if (material.objectKey === null) fail('MATERIAL_NOT_FILED', { found: material.state })
  return material
}

/** @throws DomainError NOT_FOUND, MATERIAL_NOT_FILED */
export async function linkMaterial(work: Work, id: string): Promise<FileLink> {
  await seeFiled(work, id)
  return work.links.sign(materialPath(id), work.actor, work.now)
}

/** The content of a filed material, opened part by part as it is read, which may be after the transaction. */
export async function* contentOf(
  { seal, papers }: Pick<Work, 'seal' | 'papers'>,
  material: Material,
): AsyncGenerator<Uint8Array> {
  const sealed = await papers.get(material.objectKey as string)
  yield* openContent(seal(), material.id, material.bytes as number, sealed)
}

/** Notes in the chain that confidential papers were read, and by whom. */
export const auditReading = (work: Work, materials: readonly Material[]): Promise<void> =>
  recordAudit(
    work,
    materials
      .filter(({ confidential }) => confidential)
      .map(({ id, orgId }) => ({ orgId, action: 'material.read', subjectType: 'Material', subjectId: id })),
  )

/**
 * A material for whoever came by a link; that they may see it is asked again now.
 * @throws DomainError LINK_EXPIRED, LINK_REFUSED, NOT_FOUND, MATERIAL_NOT_FILED
 */
export async function openMaterial(
  work: Work,
  id: string,
  query: Record<string, unknown>,
): Promise<{ material: Material; content: AsyncIterable<Uint8Array> }> {
  requireGoodLink(work, materialPath(id), query)
  const material = await seeFiled(work, id)
  await auditReading(work, [material])
  return { material, content: contentOf(work, material) }
}
