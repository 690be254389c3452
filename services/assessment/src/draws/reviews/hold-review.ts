import { requireGoingOn } from '@linghang/access'
import { toId } from '@linghang/subgraph/ids'
import type { Work } from '../../work.ts'
import { requireOfCommittee, requirePerson } from '../lists/committee.ts'
import { fail } from './errors.ts'
import { type Review, requireState } from './review.ts'
import { reviewStore } from './store.ts'

/**
 * A review for whoever keeps its committee's affairs and has nothing to do with the branch itself; nobody else changes it until
 * the transaction ends.
 * @returns it, and the account
 * @throws DomainError NOT_FOUND, FORBIDDEN, DECIDED_BY_A_PERSON, REVIEW_OF_OWN_BRANCH, REVIEW_NOT_BELOW, REVIEW_STATE; OrganisationEnded
 */
export async function holdReview(
  work: Work,
  id: string,
  step: Parameters<typeof requireState>[1],
): Promise<{ review: Review; accountId: string }> {
  const { tx, actor, supervision } = work
  const what = toId('LedgerReview', id)
  const accountId = requirePerson(work)
  const [found] = await reviewStore.byIds(tx, actor.countyId, [id])
  const { orgId, branchId } = found ?? fail('NOT_FOUND', { what })
  if (!(await supervision.seen([orgId])).has(orgId)) fail('NOT_FOUND', { what })
  await requireOfCommittee(work, orgId)
  if (actor.memberOrgId === branchId || actor.grants.some(grant => grant.orgId === branchId))
    fail('REVIEW_OF_OWN_BRANCH')
  // A branch that has ended between the draw and the review is not judged any more: its people belong elsewhere.
  await requireGoingOn(tx, { branchId })
  if (!(await supervision.kept([branchId])).has(branchId)) fail('REVIEW_NOT_BELOW')
  const review = (await reviewStore.lock(tx, actor.countyId, id)) ?? fail('NOT_FOUND', { what })
  requireState(review, step)
  return { review, accountId }
}
