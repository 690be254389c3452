import { recordAudit } from '@linghang/access'
import { toId } from '@linghang/subgraph'
import { useCase } from '../work.ts'
import { requireOffice } from './deciding-office.ts'
import { fail } from './errors.ts'
import { delegationStore } from './store.ts'

/**
 * Ends a delegation before its day; whoever holds the office at that organisation may.
 * @returns its id
 * @throws DomainError NOT_FOUND, FORBIDDEN, DELEGATION_ENDED_ALREADY
 */
export const endDelegation = useCase('endDelegation', async (work, { id }: { id: string }) => {
  const { tx, actor, now } = work
  const [delegation] = await delegationStore.byIds(tx, actor.countyId, [id])
  if (!delegation) return fail('NOT_FOUND', { what: toId('Delegation', id) })
  const { orgId } = delegation
  await requireOffice(work, orgId)
  if (!(await delegationStore.end(tx, id, now))) fail('DELEGATION_ENDED_ALREADY')
  await recordAudit(work, [{ orgId, action: 'approvals.delegation-ended', subjectType: 'Delegation', subjectId: id }])
  return id
})
