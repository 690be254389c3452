import { recordAudit, whenTaken } from '@linghang/access'
import { useCase, type Work } from '../../work.ts'
import { administersCounty, requireAdmin } from '../organisations/administration.ts'
import { organisationOfPerson } from '../people/read-people.ts'
import type { AccountKind } from './account.ts'
import { fail } from './errors.ts'
import { publishLink } from './hold-account.ts'
import { accountStore } from './store.ts'

async function requireSeen(work: Work, memberId: string): Promise<void> {
  const orgId = await organisationOfPerson(work, memberId)
  if (orgId === null || !(await work.supervision.seen([orgId])).has(orgId))
    fail('NOT_FOUND', { what: `Member:${memberId}` })
}

export type LinkAccount = { orgId: string; kind: AccountKind; issuer: string; subject: string; memberId: string | null }

/**
 * Claims a login and links it to a person's own file. The person must be one that the administrator sees. It counts at
 * once when the county claims it, and else once the county has confirmed it.
 * @throws DomainError NOT_FOUND, FORBIDDEN, ACCOUNT_TAKEN
 */
export const linkAccount = useCase('linkAccount', async (work, input: LinkAccount) => {
  const { tx, actor } = work
  await requireAdmin(work, input.orgId)
  if (input.memberId) await requireSeen(work, input.memberId)
  const confirmedAt = (await administersCounty(work)) ? work.now : null
  const account = await accountStore
    .insert(tx, { id: work.newId(), countyId: actor.countyId, ...input, confirmedAt, releasedAt: null })
    .catch(whenTaken(() => fail('ACCOUNT_TAKEN')))
  await recordAudit(work, [
    { orgId: input.orgId, action: 'account.linked', subjectType: 'Account', subjectId: account.id },
  ])
  await publishLink(work, account)
  return account.id
})
