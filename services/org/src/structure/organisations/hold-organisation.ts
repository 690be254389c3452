import { isBranch } from '@linghang/rulebook'
import type { Work } from '../../work.ts'
import { fail } from './errors.ts'
import type { Organisation } from './organisation.ts'
import { organisationStore } from './store.ts'

/** An organisation that the actor keeps, held until the transaction ends. @throws DomainError NOT_FOUND */
export async function holdKept({ tx, actor, supervision }: Work, id: string): Promise<Organisation> {
  const kept = await supervision.kept([id])
  const organisation = kept.has(id) ? await organisationStore.lock(tx, actor.countyId, id) : null
  return organisation ?? fail('NOT_FOUND', { what: `Organisation:${id}` })
}

/** That below which an organisation may be put. @throws DomainError NOT_FOUND, SUPERIOR_IS_BRANCH */
export async function requireSuperior({ tx, actor, supervision }: Work, superiorId: string): Promise<void> {
  const kept = await supervision.kept([superiorId])
  const [superior] = await organisationStore.byIds(tx, actor.countyId, kept.has(superiorId) ? [superiorId] : [])
  if (!superior) return fail('NOT_FOUND', { what: `Organisation:${superiorId}` })
  if (isBranch(superior.kind)) fail('SUPERIOR_IS_BRANCH', { superior: superior.code })
}

/** For what is done from above: nobody does it who does not keep the superior too. @throws DomainError FORBIDDEN */
export async function requireAbove({ supervision }: Work, { code, superiorId }: Organisation): Promise<void> {
  if (superiorId === null || !(await supervision.kept([superiorId])).has(superiorId))
    fail('FORBIDDEN', { wanted: `ADMIN, SECRETARY (above ${code})` })
}
