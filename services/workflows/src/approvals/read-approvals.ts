import { type Actor, shanghaiDay } from '@linghang/access'
import { type Stretch, toId } from '@linghang/subgraph'
import type { Deps, Tx } from '../deps.ts'
import { fail } from '../errors.ts'
import type { Approval, ApprovalEvent, ApprovalState } from './approval.ts'
import { visibleApprovals } from './standing.ts'
import { type ApprovalFilter, type Asking, approvalStore } from './store.ts'

export type ApprovalCount = { kind: string; state: ApprovalState; count: number }

/** Approvals that the actor sees, by their ids. */
export function readApprovals(deps: Deps) {
  return (actor: Actor, ids: readonly string[]): Promise<Map<string, Approval>> =>
    deps.transact(actor, async tx => {
      const { approvals } = await visibleApprovals(deps, tx, actor, ids)
      return new Map(approvals.map(approval => [approval.id, approval]))
    })
}

/** The whole history of each approval that the actor sees. */
export function readHistories(deps: Deps) {
  return (actor: Actor, ids: readonly string[]): Promise<Map<string, ApprovalEvent[]>> =>
    deps.transact(actor, async tx => {
      const { approvals } = await visibleApprovals(deps, tx, actor, ids)
      const seen = approvals.map(approval => approval.id)
      return Map.groupBy(await approvalStore.histories(tx, actor.countyId, seen), event => event.approvalId)
    })
}

async function askingOf(deps: Deps, tx: Tx, actor: Actor, filter: ApprovalFilter): Promise<Asking> {
  const { orgId } = filter
  if (orgId !== null && !(await deps.supervision.seen(tx, actor, [orgId])).has(orgId))
    fail('NOT_FOUND', { what: toId('Organisation', orgId) })
  const delegated = await approvalStore.delegatedOffices(tx)
  return { actor, filter, delegated, today: shanghaiDay(deps.now()) }
}

/** @throws DomainError NOT_FOUND for an organisation that is not the actor's to see */
export function listApprovals(deps: Deps) {
  return (actor: Actor, filter: ApprovalFilter, stretch: Stretch): Promise<Approval[]> =>
    deps.transact(actor, async tx => approvalStore.list(tx, await askingOf(deps, tx, actor, filter), stretch))
}

/** How many of each kind and state. @throws DomainError NOT_FOUND */
export function countApprovals(deps: Deps) {
  return (actor: Actor, filter: ApprovalFilter): Promise<ApprovalCount[]> =>
    deps.transact(actor, async tx => approvalStore.count(tx, await askingOf(deps, tx, actor, filter)))
}
