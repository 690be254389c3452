import { writesWholeCounty } from '@linghang/access'
import { organisationOf } from '../../structure/organisations/read-organisations.ts'
import type { Work } from '../../work.ts'
import { fail } from './errors.ts'

/**
 * For whoever keeps the register above an organisation, and not the organisation itself; who only looks on is refused.
 * @param what is not found by whoever does not see the organisation
 * @throws DomainError NOT_FOUND, REMARK_NOT_FROM_ABOVE
 */
export async function requireFromAbove(work: Work, orgId: string, what: string): Promise<void> {
  const { actor, supervision } = work
  if (!(await supervision.seen([orgId])).has(orgId)) fail('NOT_FOUND', { what })
  const superiorId = (await organisationOf(work, orgId))?.superiorId ?? null
  const isAbove =
    superiorId === null ? writesWholeCounty(actor) : (await supervision.kept([superiorId])).has(superiorId)
  if (!isAbove) fail('REMARK_NOT_FROM_ABOVE')
}
