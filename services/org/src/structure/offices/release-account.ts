import { requireReason } from '@linghang/subgraph'
import { useCase, type Work } from '../../work.ts'
import { holdAccount, letGo } from '../accounts/hold-account.ts'
import { administersCounty } from '../organisations/administration.ts'
import { fail } from './errors.ts'
import { publishOffice } from './publish-office.ts'
import { officeStore } from './store.ts'

async function endAll(work: Work, accountId: string, reason: string): Promise<void> {
  const { tx, actor, today } = work
  for (const office of await officeStore.lockOpenOf(tx, actor.countyId, accountId, today)) {
    const endsOn = office.startsOn > today ? office.startsOn : today
    const ended = await officeStore.end(tx, office.id, { endsOn, reason, endedBy: actor.accountId })
    await publishOffice(work, 'ended', ended)
  }
}

/**
 * Lets a login go: its offices end at once, and it may be claimed anew. A claim by whoever administers the organisation
 * that made it, a confirmed account by the county.
 * @throws DomainError NOT_FOUND, FORBIDDEN, BAD_INPUT without a reason
 */
export const releaseAccount = useCase('releaseAccount', async (work, input: { accountId: string; reason: string }) => {
  const reason = requireReason(input.reason)
  const account = await holdAccount(work, input.accountId)
  if (account.confirmedAt !== null && !(await administersCounty(work))) fail('FORBIDDEN', { wanted: 'ADMIN' })
  await endAll(work, account.id, reason)
  await letGo(work, account, reason)
  return account.id
})
