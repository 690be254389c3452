import type { Actor } from '@linghang/access'
import { approvalRules } from '@linghang/rulebook'
import { toId } from '@linghang/subgraph'
import type { Work } from '../work.ts'
import { fail } from './errors.ts'

const decidingRoles: ReadonlySet<string> = new Set(Object.values(approvalRules).map(({ role }) => role))

/** The offices with which the actor decides at this very organisation. */
const decidingOffices = (actor: Actor, orgId: string): string[] => [
  ...new Set(
    actor.grants.flatMap(grant => (grant.orgId === orgId && decidingRoles.has(grant.role) ? [grant.role] : [])),
  ),
]

/** The same, at least one. @throws DomainError NOT_FOUND, FORBIDDEN */
export async function requireOffice({ actor, supervision }: Work, orgId: string): Promise<string[]> {
  const roles = decidingOffices(actor, orgId)
  if (roles.length > 0) return roles
  if (!(await supervision.seen([orgId])).has(orgId)) fail('NOT_FOUND', { what: toId('Organisation', orgId) })
  return fail('FORBIDDEN', { wanted: [...decidingRoles].join(', ') })
}
