import type { Work } from '../../work.ts'
import { fail } from './errors.ts'
import type { Organisation } from './organisation.ts'
import { organisationStore } from './store.ts'

/** @throws DomainError FORBIDDEN unless the actor administers the organisation, NOT_FOUND where it is not theirs to see */
export async function requireAdmin({ supervision }: Work, orgId: string): Promise<void> {
  if ((await supervision.heldAs('ADMIN', [orgId])).has(orgId)) return
  if ((await supervision.seen([orgId])).has(orgId)) fail('FORBIDDEN', { wanted: 'ADMIN' })
  fail('NOT_FOUND', { what: `Organisation:${orgId}` })
}

/** For whoever keeps an organisation. @param what is not found by whoever does not see the organisation @throws DomainError NOT_FOUND, FORBIDDEN */
export async function requireKept({ supervision }: Work, orgId: string, what: string): Promise<void> {
  if ((await supervision.kept([orgId])).has(orgId)) return
  if ((await supervision.seen([orgId])).has(orgId)) fail('FORBIDDEN', { wanted: 'ADMIN, SECRETARY' })
  fail('NOT_FOUND', { what })
}

/** Whether the actor administers the whole county, or the organisation that nobody is above. */
export async function administersCounty({ tx, actor, supervision }: Work): Promise<boolean> {
  if (actor.grants.some(({ role, orgId }) => role === 'ADMIN' && orgId === null)) return true
  const root = await organisationStore.rootOf(tx, actor.countyId)
  return root !== null && (await supervision.heldAs('ADMIN', [root])).has(root)
}

/** For what is done from above: by whoever administers the superior. @throws DomainError FORBIDDEN */
export async function requireAdminAbove(work: Work, { code, superiorId }: Organisation): Promise<void> {
  const isAbove =
    superiorId === null
      ? await administersCounty(work)
      : (await work.supervision.heldAs('ADMIN', [superiorId])).has(superiorId)
  if (!isAbove) fail('FORBIDDEN', { wanted: `ADMIN (above ${code})` })
}
