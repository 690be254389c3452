import { recordAudit } from '@linghang/access'
import { addDays } from '@linghang/rulebook'
import { requireReason, toId } from '@linghang/subgraph'
import { knowsAccount } from '../offices/read-offices.ts'
import { useCase } from '../work.ts'
import { requireOffice } from './deciding-office.ts'
import { delegationDaysAtMost } from './delegation.ts'
import { fail } from './errors.ts'
import { delegationStore } from './store.ts'

export type Delegate = { orgId: string; toAccountId: string; from: string; until: string; reason: string }

const reasonLength = 1_000

function requirePeriod({ from, until }: Delegate, today: string): void {
  const last = addDays(from, delegationDaysAtMost)
  if (from < today || until < from || until > last)
    fail('DELEGATION_PERIOD_REFUSED', { found: `${from} - ${until}`, from: today, until: last })
}

/**
 * Leaves one's decisions at an organisation to somebody else for a period; it holds while one holds the office.
 * @returns the delegation's id
 * @throws DomainError NOT_FOUND, FORBIDDEN, BAD_INPUT, DELEGATION_TO_ONESELF, DELEGATION_PERIOD_REFUSED
 */
export const delegateApprovals = useCase('delegateApprovals', async (work, wanted: Delegate) => {
  const { tx, actor, now, today } = work
  const { orgId, toAccountId } = wanted
  const roles = await requireOffice(work, orgId)
  const byAccountId = actor.accountId as string
  const reason = requireReason(wanted.reason, 'reason', reasonLength)
  if (toAccountId === byAccountId) fail('DELEGATION_TO_ONESELF')
  if (!(await knowsAccount(work, toAccountId))) fail('NOT_FOUND', { what: toId('Account', toAccountId) })
  requirePeriod(wanted, today)
  const id = work.newId()
  await delegationStore.insert(tx, actor.countyId, { ...wanted, id, roles, byAccountId, reason }, now)
  await recordAudit(work, [{ orgId, action: 'approvals.delegated', subjectType: 'Delegation', subjectId: id }])
  return id
})
