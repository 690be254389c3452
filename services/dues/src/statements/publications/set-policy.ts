import { recordAudit } from '@linghang/access'
import { requireBeginning, requireCountyAdmin, requireReason } from '@linghang/subgraph'
import { useCase } from '../../work.ts'
import { fail } from './errors.ts'
import { publicationStore } from './store.ts'

/**
 * Decides whether branches publish what each member has paid: off until a county turns it on and says by which decision. From
 * a day on that is not past: what was published stays as it was.
 * @param input.basis title, number, date and organ of the decision
 * @returns the day from which it holds
 * @throws DomainError FORBIDDEN, BAD_INPUT, PUBLICATION_POLICY_DATE_TAKEN
 */
export const setPublicationPolicy = useCase(
  'setDuesPublicationPolicy',
  async (work, input: { namesMembers: boolean; effectiveFrom: string; basis: string }): Promise<string> => {
    const { tx, actor, now } = work
    requireCountyAdmin(work)
    const { effectiveFrom } = input
    requireBeginning(work, effectiveFrom)
    const policy = { ...input, basis: requireReason(input.basis, 'basis') }
    const written = await publicationStore.insertPolicy(tx, {
      ...{ ...policy, countyId: actor.countyId, setBy: actor.accountId, setAt: now },
    })
    if (!written) fail('PUBLICATION_POLICY_DATE_TAKEN', { found: effectiveFrom })
    await recordAudit(work, [
      { orgId: null, action: 'dues-publication-policy.set', subjectType: 'County', subjectId: actor.countyId },
    ])
    return effectiveFrom
  },
)
