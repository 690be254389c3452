import { recordAudit } from '@linghang/access'
import { publish } from '@linghang/events'
import type { Work } from '../../work.ts'
import { administersCounty, requireAdmin } from '../organisations/administration.ts'
import type { Account } from './account.ts'
import { fail } from './errors.ts'
import { accountStore } from './store.ts'

/**
 * An account that is there, held until the transaction ends, of an organisation that the actor administers.
 * @throws DomainError NOT_FOUND, FORBIDDEN
 */
export async function holdAccount(work: Work, id: string): Promise<Account> {
  const account = await accountStore.lock(work.tx, work.actor.countyId, id)
  if (!account || account.releasedAt !== null) return fail('NOT_FOUND', { what: `Account:${id}` })
  if (account.orgId !== null) await requireAdmin(work, account.orgId)
  else if (!(await administersCounty(work))) fail('NOT_FOUND', { what: `Account:${id}` })
  return account
}

/** Publishes whose file an account reads: nobody's once it has been let go. */
export const publishLink = (work: Work, { id, orgId, memberId, releasedAt }: Account): Promise<void> =>
  publish(work, [
    {
      type: 'org.account.linked.v1',
      orgId,
      subject: id,
      data: { id, memberId: releasedAt === null ? memberId : null },
    },
  ])

/** Lets an account go that is held, with the reason; its offices are for the caller to end. */
export async function letGo(work: Work, account: Account, reason: string): Promise<void> {
  const { id, orgId } = account
  await accountStore.release(work.tx, id, work.now, reason)
  await recordAudit(work, [{ orgId, action: 'account.released', subjectType: 'Account', subjectId: id }])
  await publishLink(work, { ...account, releasedAt: work.now })
}
