import { defineErrors } from '@linghang/subgraph/errors'
import type { Work } from '../../work.ts'

const { fail } = defineErrors({})

/**
 * For whoever keeps an organisation.
 * @param what is not found by whoever does not see the organisation
 * @throws DomainError NOT_FOUND, FORBIDDEN
 */
export async function requireKept({ supervision }: Work, orgId: string, what: string): Promise<void> {
  if ((await supervision.kept([orgId])).has(orgId)) return
  if ((await supervision.seen([orgId])).has(orgId)) fail('FORBIDDEN', { wanted: 'ADMIN, SECRETARY' })
  fail('NOT_FOUND', { what })
}
