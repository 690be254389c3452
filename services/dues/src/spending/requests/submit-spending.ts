import { whenTaken } from '@linghang/access'
import { spendingRouteOf } from '@linghang/rulebook'
import { useCase, type Work } from '../../work.ts'
import { policyOn } from '../policies/read-policies.ts'
import { resolutionsOn } from '../resolutions/read-resolutions.ts'
import { type SpendingResolution, standingOf } from '../resolutions/resolution.ts'
import { fail } from './errors.ts'
import { holdOwnSpending, requireState, takeStep } from './hold-spending.ts'
import { from, type ToldSpending } from './spending.ts'
import { spendingStore } from './store.ts'

/**
 * The resolution of the organisation's own closed meeting on this very request and sum.
 * @throws DomainError RESOLUTION_MISSING, RESOLUTION_OF_ANOTHER, RESOLUTION_NOT_CARRIED, RESOLUTION_OF_ANOTHER_SUM
 */
async function requireResolution(work: Work, spending: ToldSpending): Promise<SpendingResolution> {
  const { id, orgId, amountFen } = spending
  const decided = await resolutionsOn(work, id)
  if (decided.length === 0) fail('RESOLUTION_MISSING')
  const own = decided.filter(resolution => resolution.orgId === orgId)
  if (own.length === 0) fail('RESOLUTION_OF_ANOTHER')
  const carried = own.filter(resolution => resolution.carried)
  if (carried.length === 0) fail('RESOLUTION_NOT_CARRIED')
  return (
    standingOf(carried, spending) ??
    fail('RESOLUTION_OF_ANOTHER_SUM', { found: `${carried[0]?.amountFen}`, wanted: `${amountFen}` })
  )
}

/** Whose turn it is first, and how many levels are to decide: one level up, never skipping (art. 21). */
async function firstDecider(work: Work, { orgId, amountFen, use }: ToldSpending) {
  // What a committee passes down stays dues and is its own to decide (art. 20).
  const bands = spendingRouteOf(amountFen, await policyOn(work, work.today))
  const route = use === 'PASS_DOWN' ? 'OWN' : bands
  const superior = route === 'OWN' ? null : await spendingStore.superiorOf(work.tx, work.actor.countyId, orgId)
  // Nobody is above: the organisation itself decides, by somebody else than who asked.
  return superior === null
    ? { deciderOrgId: orgId, levelsLeft: 1 }
    : { deciderOrgId: superior, levelsLeft: route === 'TWO_LEVELS' ? 2 : 1 }
}

/**
 * Hands a request in, once the organisation's meeting has decided on it (党费规定 2008, art. 20): the vote is recorded in the
 * meeting and nowhere else. What was returned, has lapsed or was booked and taken back is handed in again as it is.
 * @returns the request's id
 * @throws DomainError NOT_FOUND, FORBIDDEN, SPENDING_NOT_SO_FAR, RESOLUTION_MISSING, RESOLUTION_OF_ANOTHER,
 *   RESOLUTION_NOT_CARRIED, RESOLUTION_OF_ANOTHER_SUM, RESOLUTION_USED
 */
export const submitSpending = useCase(
  'submitSpending',
  async (work, { id }: { id: string }): Promise<string> => {
    const spending = await holdOwnSpending(work, id)
    requireState(spending, from.submit)
    const resolution = await requireResolution(work, spending)
    await takeStep(
      work,
      spending,
      { kind: 'SUBMITTED', atOrgId: spending.orgId },
      {
        ...{ state: 'SUBMITTED', ...(await firstDecider(work, spending)), holdId: null },
        // What was booked and taken back stands among its bookings.
        ...{ journalId: null, settledFen: null, reversalId: null },
        ...{ resolutionId: resolution.id, meetingId: resolution.meetingId },
      },
    ).catch(whenTaken(() => fail('RESOLUTION_USED')))
    return id
  },
  { rights: 'COUNTY' },
)
