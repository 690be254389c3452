import { type Actor, recordAudit } from '@linghang/access'
import type { Deps, Tx } from '../deps.ts'
import { seesConfidential, viewCase } from '../development/case-access.ts'
import { readCases } from '../development/read-cases.ts'
import { fail } from '../errors.ts'
import type { FileLink } from './links.ts'
import type { Material } from './material.ts'
import { openContent } from './seal-content.ts'
import { materialStore } from './store.ts'

export const materialPath = (id: string): string => `/files/materials/${id}`

/** What has been filed for each case, as much of it as the actor may see. */
export function materialsOfCases(deps: Deps) {
  return async (actor: Actor, caseIds: readonly string[]): Promise<Map<string, Material[]>> => {
    const cases = await readCases(deps)(actor, caseIds)
    return deps.transact(actor, async tx => {
      const found = await materialStore.ofCases(tx, actor.countyId, [...cases.keys()])
      const shown = found.filter(({ caseId, confidential }) => {
        const as = cases.get(caseId)?.as
        return as !== undefined && (!confidential || seesConfidential(as))
      })
      return Map.groupBy(shown, ({ caseId }) => caseId)
    })
  }
}

/** Everything that was filed for a case, for whoever tells it whole. */
export const papersOf = (tx: Tx, countyId: string, caseId: string): Promise<Material[]> =>
  materialStore.ofCases(tx, countyId, [caseId])

/** @throws DomainError NOT_FOUND for whoever may not see it, whether it exists or not */
async function seeMaterial(deps: Deps, tx: Tx, actor: Actor, id: string): Promise<Material> {
  const unknown = () => fail('NOT_FOUND', { what: `Material:${id}` })
  const [material] = await materialStore.byIds(tx, actor.countyId, [id])
  if (!material) return unknown()
  const { as } = await viewCase(deps, tx, actor, material.caseId)
  return material.confidential && !seesConfidential(as) ? unknown() : material
}

/** Materials by id, in whatever state; those of others are left out. */
export function readMaterials(deps: Deps) {
  return async (actor: Actor, ids: readonly string[]): Promise<Map<string, Material>> => {
    const found = await deps.transact(actor, tx => materialStore.byIds(tx, actor.countyId, ids))
    const cases = await readCases(deps)(actor, [...new Set(found.map(({ caseId }) => caseId))])
    const shown = found.filter(({ caseId, confidential }) => {
      const as = cases.get(caseId)?.as
      return as !== undefined && (!confidential || seesConfidential(as))
    })
    return new Map(shown.map(material => [material.id, material]))
  }
}

/** @throws DomainError NOT_FOUND, MATERIAL_NOT_FILED */
export function linkMaterial(deps: Deps) {
  return (actor: Actor, id: string): Promise<FileLink> =>
    deps.transact(actor, async tx => {
      const material = await seeMaterial(deps, tx, actor, id)
      if (material.objectKey === null) fail('MATERIAL_NOT_FILED', { found: material.state })
      return deps.links.sign(materialPath(id), actor, deps.now())
    })
}

/** Refuses a link that was not made for this path and this account, or has run out. @throws DomainError */
export function requireGoodLink(deps: Deps, actor: Actor, path: string, query: Record<string, unknown>): void {
  const found = deps.links.check(path, actor, query, deps.now())
  if (found === 'EXPIRED') fail('LINK_EXPIRED')
  if (found === 'FORGED') fail('LINK_REFUSED')
}

/** The content of a filed material, opened part by part. */
export async function* contentOf(deps: Deps, material: Material): AsyncGenerator<Uint8Array> {
  const seal = await deps.sealing.ofCounty(material.countyId)
  const sealed = await deps.papers.get(material.objectKey as string)
  yield* openContent(seal, material.id, material.bytes as number, sealed)
}

/** Notes in the chain that confidential papers were read, and by whom. */
export const auditReading = (tx: Tx, actor: Actor, materials: readonly Material[]): Promise<void> =>
  recordAudit(
    { tx, actor },
    materials
      .filter(({ confidential }) => confidential)
      .map(({ id, orgId }) => ({ orgId, action: 'material.read', subjectType: 'Material', subjectId: id })),
  )

/**
 * A material for whoever came by a link; that they may see it is asked again now.
 * @throws DomainError LINK_EXPIRED, LINK_REFUSED, NOT_FOUND, MATERIAL_NOT_FILED
 */
export function openMaterial(deps: Deps) {
  return async (
    actor: Actor,
    id: string,
    query: Record<string, unknown>,
  ): Promise<{ material: Material; content: AsyncIterable<Uint8Array> }> => {
    requireGoodLink(deps, actor, materialPath(id), query)
    const material = await deps.transact(actor, async tx => {
      const seen = await seeMaterial(deps, tx, actor, id)
      if (seen.objectKey === null) fail('MATERIAL_NOT_FILED', { found: seen.state })
      await auditReading(tx, actor, [seen])
      return seen
    })
    return { material, content: contentOf(deps, material) }
  }
}
