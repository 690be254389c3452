import { recordAudit } from '@linghang/access'
import { requireReason } from '@linghang/subgraph'
import { toId } from '@linghang/subgraph/ids'
import { useCase } from '../../work.ts'
import { requireOfCommittee, requirePerson } from './committee.ts'
import { fail } from './errors.ts'
import { listingLimits } from './listing.ts'
import { listingStore } from './store.ts'

/**
 * Takes a branch off the list, from today on; what was stays to be read.
 * @throws DomainError NOT_FOUND, FORBIDDEN, DECIDED_BY_A_PERSON, LISTING_LIFTED, BAD_INPUT
 */
export const liftBlackListing = useCase(
  'liftBlackListing',
  async (work, input: { id: string; reason: string }): Promise<string> => {
    const { tx, actor, now, today } = work
    const what = toId('BlackListing', input.id)
    const liftedBy = requirePerson(work)
    const [listing] = await listingStore.byIds(tx, actor.countyId, [input.id])
    const { id, orgId, branchId } = listing ?? fail('NOT_FOUND', { what })
    await requireOfCommittee(work, orgId)
    await listingStore.hold(tx, orgId)
    const liftReason = requireReason(input.reason, 'reason', listingLimits.reason)
    if (!(await listingStore.lift(tx, id, { liftedOn: today, liftReason, liftedBy, liftedAt: now }))) {
      const [now] = await listingStore.byIds(tx, actor.countyId, [id])
      fail('LISTING_LIFTED', { found: now?.liftedOn ?? today })
    }
    await recordAudit(work, [
      { orgId: branchId, action: 'black-listing.lifted', subjectType: 'BlackListing', subjectId: id },
    ])
    return id
  },
)
