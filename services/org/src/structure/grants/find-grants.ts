import { type Actor, noCounty } from '@linghang/access'
import type { Work } from '../../work.ts'
import { accountOfLogin } from '../accounts/read-accounts.ts'
import { cityOfLogin } from '../cities/read-cities.ts'
import { officesHeldBy } from '../offices/read-offices.ts'
import { organisationOfPerson } from '../people/read-people.ts'

/**
 * Who an account of the identity provider is here and what they hold today; null for an account that nobody has
 * made known. For the gateway alone: it turns the answer into the internal token.
 */
export async function findGrants(
  work: Pick<Work, 'tx' | 'today'>,
  issuer: string,
  subject: string,
): Promise<Omit<Actor, 'scopes'> | null> {
  // First: a county that claimed the login of an office of the city would take it away from the city.
  const city = await cityOfLogin(work, issuer, subject)
  if (city)
    return {
      ...{ kind: 'PERSON', accountId: city.officeId, cityId: city.cityId, countyId: noCounty },
      ...{ memberId: null, memberOrgId: null, grants: [] },
    }
  const account = await accountOfLogin(work, issuer, subject)
  if (!account) return null
  const offices = await officesHeldBy(work, account.id)
  return {
    kind: account.kind,
    accountId: account.id,
    countyId: account.countyId,
    memberId: account.memberId,
    memberOrgId: account.memberId ? await organisationOfPerson(work, account.memberId) : null,
    grants: offices.map(({ role, orgId }) => ({ role, orgId })),
  }
}
