import { recordAudit, whenTaken } from '@linghang/access'
import { useCase } from '../../work.ts'
import { administersCounty } from '../organisations/administration.ts'
import { fail } from './errors.ts'
import { holdAccount, publishLink } from './hold-account.ts'
import { accountStore } from './store.ts'

/**
 * Confirms a claim, after which the login signs in here; the county's alone to do.
 * @throws DomainError NOT_FOUND, FORBIDDEN, ACCOUNT_TAKEN where the login or the person's file has an account already
 */
export const confirmAccount = useCase('confirmAccount', async (work, { accountId }: { accountId: string }) => {
  if (!(await administersCounty(work))) fail('FORBIDDEN', { wanted: 'ADMIN' })
  const account = await holdAccount(work, accountId)
  if (account.confirmedAt !== null) return account.id
  await accountStore.confirm(work.tx, account.id, work.now).catch(whenTaken(() => fail('ACCOUNT_TAKEN')))
  await recordAudit(work, [
    { orgId: account.orgId, action: 'account.confirmed', subjectType: 'Account', subjectId: account.id },
  ])
  await publishLink(work, account)
  return account.id
})
