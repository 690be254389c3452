import { recordAudit } from '@linghang/access'
import { accountStore } from '../../ledger/accounts/store.ts'
import { useCase } from '../../work.ts'
import { fail } from './errors.ts'
import { type Followed, followBills } from './follow-bills.ts'
import { standingStore } from './standing-store.ts'

const mostMembers = 2_000

/**
 * Makes the bills that are missing of an organisation and all below it, up to this month; again it changes nothing.
 * @throws DomainError NOT_FOUND, TOO_MANY_TO_BILL
 */
export const makeBills = useCase(
  'makeDuesBills',
  async (work, { orgId }: { orgId: string }): Promise<Followed> => {
    const kept = await work.supervision.keptBooks([orgId])
    const organisation = kept.has(orgId) && (await accountStore.organisation(work.tx, work.actor.countyId, orgId))
    if (!organisation) return fail('NOT_FOUND', { what: `Organisation:${orgId}` })
    const people = await standingStore.ofOrganisation(work.tx, orgId, mostMembers)
    if (people.length > mostMembers) fail('TOO_MANY_TO_BILL', { code: organisation.code, limit: mostMembers })
    const followed = await followBills(work, people, work.today)
    await recordAudit(work, [{ orgId, action: 'dues-bills.made', subjectType: 'Organisation', subjectId: orgId }])
    return followed
  },
  { rights: 'COUNTY', timeoutMs: 30_000 },
)
