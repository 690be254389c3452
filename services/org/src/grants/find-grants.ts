import { type Actor, shanghaiDay } from '@linghang/access'
import type { Deps } from '../deps.ts'
import { accountStore, officeStore } from '../offices/store.ts'

/**
 * Who an account of the identity provider is here and what they hold today; null for an account that nobody has
 * made known. For the gateway alone: it turns the answer into the internal token.
 */
export function findGrants(deps: Deps) {
  return (issuer: string, subject: string): Promise<Omit<Actor, 'scopes'> | null> =>
    deps.asService(async tx => {
      const account = await accountStore.bySubject(tx, issuer, subject)
      if (!account) return null
      const offices = await officeStore.heldBy(tx, [account.id], shanghaiDay(deps.now()))
      return {
        kind: account.kind,
        accountId: account.id,
        countyId: account.countyId,
        memberId: account.memberId,
        memberOrgId: account.memberId ? await accountStore.memberOrganisation(tx, account.memberId) : null,
        grants: offices.map(({ role, orgId }) => ({ role, orgId })),
      }
    })
}
