import type { Actor } from '@linghang/access'
import { fail, failBusy } from '../errors.ts'
import type { ImportWork, RosterImport } from './roster-import.ts'
import { importStore } from './store.ts'

const administersCounty = (actor: Actor): boolean =>
  actor.grants.some(grant => grant.role === 'ADMIN' && grant.orgId === null)

/** @throws DomainError FORBIDDEN unless the actor administers whose roster it is; null is the whole county's */
export async function requireAdmin({ supervision, actor }: ImportWork, orgId: string | null): Promise<void> {
  if (orgId === null) {
    if (!administersCounty(actor)) fail('FORBIDDEN', { wanted: 'ADMIN (county)' })
    return
  }
  if (!(await supervision.heldAs('ADMIN', [orgId])).has(orgId)) fail('FORBIDDEN', { wanted: 'ADMIN' })
}

/** Imports by id: those that the actor administers. */
export async function visibleImports(
  { tx, actor, supervision }: ImportWork,
  ids: readonly string[],
): Promise<RosterImport[]> {
  const imports = await importStore.byIds(tx, actor.countyId, ids)
  const held = await supervision.heldAs(
    'ADMIN',
    imports.flatMap(({ orgId }) => orgId ?? []),
  )
  return imports.filter(({ orgId }) => (orgId === null ? administersCounty(actor) : held.has(orgId)))
}

/** @throws DomainError NOT_FOUND */
export async function requireImport(work: ImportWork, id: string): Promise<RosterImport> {
  const [found] = await visibleImports(work, [id])
  return found ?? fail('NOT_FOUND', { what: `import ${id}` })
}

/** The same, held until the transaction ends. @throws DomainError NOT_FOUND */
export async function holdImport(work: ImportWork, id: string): Promise<RosterImport> {
  await requireImport(work, id)
  return (await importStore.lock(work.tx, work.actor.countyId, id)) ?? fail('NOT_FOUND', { what: `import ${id}` })
}

/** @throws DomainError IMPORT_BUSY, IMPORT_DONE */
export function requireIdle({ state }: RosterImport): void {
  if (state === 'PREVIEWING' || state === 'COMMITTING') failBusy(state)
  if (state === 'COMMITTED' || state === 'WITHDRAWN') fail('IMPORT_DONE')
}
