import type { Actor } from '@linghang/access'
import type { Work } from '../work.ts'
import type { Approval, DecidingOffice } from './approval.ts'
import { approvalStore, type DelegatedOffice } from './store.ts'

/**
 * In what right the actor decides on an approval: the office at that very organisation, never one above it; or that
 * office left to the actor for today by whoever holds it.
 */
export function decidingOfficeOf(
  actor: Actor,
  approval: Approval,
  delegated: readonly DelegatedOffice[],
): DecidingOffice {
  const { deciderOrgId, role } = approval
  if (actor.grants.some(grant => grant.orgId === deciderOrgId && grant.role === role)) return { delegationId: null }
  const left = delegated.find(office => office.orgId === deciderOrgId && office.role === role)
  return left ? { delegationId: left.delegationId } : null
}

/** Those of the approvals that the actor sees: from the requesting or the deciding organisation, from above, or as a delegate. */
export async function visibleApprovals(
  { tx, actor, supervision }: Work,
  ids: readonly string[],
): Promise<{ approvals: Approval[]; delegated: DelegatedOffice[] }> {
  const found = await approvalStore.byIds(tx, actor.countyId, ids)
  const delegated = await approvalStore.delegatedOffices(tx)
  const orgIds = found.flatMap(approval => [approval.orgId, approval.deciderOrgId])
  const seen = await supervision.seen([...new Set(orgIds)])
  const approvals = found.filter(
    approval =>
      seen.has(approval.orgId) ||
      seen.has(approval.deciderOrgId) ||
      decidingOfficeOf(actor, approval, delegated) !== null,
  )
  return { approvals, delegated }
}
