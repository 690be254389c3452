import type { ApprovalKind } from '@linghang/rulebook'
import { many, one, type Stretch, toId } from '@linghang/subgraph'
import type { Work } from '../work.ts'
import type { Approval, ApprovalState } from './approval.ts'
import { type ApprovalFilter, type Asking, approvalLists } from './approval-list-store.ts'
import { visibleApprovals } from './deciding-office.ts'
import { fail } from './errors.ts'
import { approvalStore } from './store.ts'

export type ApprovalCount = { kind: ApprovalKind; state: ApprovalState; count: number }

/** Approvals that the actor sees, by their ids. */
export const approvalById = one(async (work: Work, ids) => {
  const { approvals } = await visibleApprovals(work, ids)
  return new Map(approvals.map(approval => [approval.id, approval]))
})

/** The whole history of each approval that the actor sees. */
export const historyOfApproval = many(async (work: Work, ids) => {
  const { approvals } = await visibleApprovals(work, ids)
  const seen = approvals.map(approval => approval.id)
  return Map.groupBy(await approvalStore.histories(work.tx, work.actor.countyId, seen), event => event.approvalId)
})

async function askingOf({ tx, actor, supervision, today }: Work, filter: ApprovalFilter): Promise<Asking> {
  const { orgId } = filter
  if (orgId !== null && !(await supervision.seen([orgId])).has(orgId))
    fail('NOT_FOUND', { what: toId('Organisation', orgId) })
  return { actor, filter, delegated: await approvalStore.delegatedOffices(tx), today }
}

/** @throws DomainError NOT_FOUND for an organisation that is not the actor's to see */
export const listApprovals = async (work: Work, filter: ApprovalFilter, stretch: Stretch): Promise<Approval[]> =>
  approvalLists.page(work.tx, await askingOf(work, filter), stretch)

/** How many of each kind and state. @throws DomainError NOT_FOUND */
export const countApprovals = async (work: Work, filter: ApprovalFilter): Promise<ApprovalCount[]> =>
  approvalLists.count(work.tx, await askingOf(work, filter))
