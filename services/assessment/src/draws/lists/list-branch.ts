import { recordAudit, whenTaken } from '@linghang/access'
import { branchKinds } from '@linghang/rulebook'
import { requireReason } from '@linghang/subgraph'
import { toId } from '@linghang/subgraph/ids'
import { useCase } from '../../work.ts'
import { requireOfCommittee, requirePerson } from './committee.ts'
import { fail } from './errors.ts'
import { type Listing, type ListingCause, listingLimits, requireListingDay } from './listing.ts'
import { listingStore } from './store.ts'

export type ListBranch = {
  committeeId: string
  branchId: string
  cause: ListingCause
  reason: string
  recordId: string | null
  listedOn: string
}

/**
 * Enters a branch on the list of those that are inspected each quarter: for a fact of its work, by a person (R4).
 * @returns the listing
 * @throws DomainError NOT_FOUND, FORBIDDEN, DECIDED_BY_A_PERSON, LISTING_NOT_BELOW, LISTED_ALREADY, LISTING_DAY_REFUSED,
 *   BLACK_LIST_FULL, BAD_INPUT
 */
export const blackListBranch = useCase('blackListBranch', async (work, input: ListBranch): Promise<string> => {
  const { tx, actor, now, today, newId } = work
  const { committeeId, branchId, cause, recordId, listedOn } = input
  const listedBy = requirePerson(work)
  await requireOfCommittee(work, committeeId)
  await listingStore.hold(tx, committeeId)
  const below = await listingStore.below(tx, actor.countyId, committeeId)
  if (!below.some(({ id, kind }) => id === branchId && branchKinds.has(kind)))
    fail('LISTING_NOT_BELOW', { found: toId('Organisation', branchId) })
  const reason = requireReason(input.reason, 'reason', listingLimits.reason)
  requireListingDay(listedOn, today, await listingStore.lastLifted(tx, committeeId, branchId))
  const { size } = await listingStore.standing(tx, committeeId)
  if (size >= listingLimits.standing) fail('BLACK_LIST_FULL', { found: size, wanted: listingLimits.standing })
  const listing: Listing = {
    ...{ id: newId(), orgId: committeeId, branchId, cause, reason, recordId },
    ...{ listedOn, listedAt: now, liftedOn: null, liftReason: null },
  }
  await listingStore
    .insert(tx, { ...listing, countyId: actor.countyId, listedBy })
    .catch(whenTaken(() => fail('LISTED_ALREADY')))
  await recordAudit(work, [
    { orgId: branchId, action: 'black-listing.entered', subjectType: 'BlackListing', subjectId: listing.id },
  ])
  return listing.id
})
