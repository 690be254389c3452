import { recordAudit } from '@linghang/access'
import { requireReason } from '@linghang/subgraph'
import { toId } from '@linghang/subgraph/ids'
import { useCase } from '../../work.ts'
import { requirePerson } from './committee.ts'
import { fail } from './errors.ts'
import { listingLimits, requireAnswerable } from './listing.ts'
import { listingStore } from './store.ts'

/**
 * What the branch says to why it stands on the list; the committee reads it there.
 * @throws DomainError NOT_FOUND, FORBIDDEN, DECIDED_BY_A_PERSON, LISTING_LIFTED, LISTING_ANSWERS_FULL, BAD_INPUT
 */
export const answerBlackListing = useCase(
  'answerBlackListing',
  async (work, input: { id: string; text: string }): Promise<string> => {
    const { tx, actor, now, supervision } = work
    const answeredBy = requirePerson(work)
    const what = toId('BlackListing', input.id)
    const [found] = await listingStore.byIds(tx, actor.countyId, [input.id])
    const { id, orgId, branchId } = found ?? fail('NOT_FOUND', { what })
    if (!(await supervision.seen([branchId])).has(branchId)) fail('NOT_FOUND', { what })
    if (!(await supervision.kept([branchId])).has(branchId)) fail('FORBIDDEN', { wanted: 'ADMIN, SECRETARY' })
    await listingStore.hold(tx, orgId)
    const [held] = await listingStore.byIds(tx, actor.countyId, [id])
    const answered = (await listingStore.answers(tx, [id])).length
    requireAnswerable(held ?? fail('NOT_FOUND', { what }), answered)
    const text = requireReason(input.text, 'text', listingLimits.answer)
    const answer = { listingId: id, n: answered + 1, text, answeredBy, answeredAt: now }
    await listingStore.answer(tx, { ...answer, countyId: actor.countyId, orgId: branchId })
    await recordAudit(work, [
      { orgId: branchId, action: 'black-listing.answered', subjectType: 'BlackListing', subjectId: id },
    ])
    return id
  },
)
