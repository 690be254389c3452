import { recordAudit } from '@linghang/access'
import type { SpendingBands } from '@linghang/rulebook'
import { requireBeginning, requireCountyAdmin, requireReason } from '@linghang/subgraph'
import { useCase } from '../../work.ts'
import { fail } from './errors.ts'
import { policyStore } from './store.ts'

/**
 * Decides from which sum on who decides on spending dues: the organisation itself, the level above, or that one and the
 * one above it; and from which sum on vouchers come with their papers. From a day on that is not past: what was submitted before goes the way that it went.
 * @returns the day from which it holds
 * @throws DomainError FORBIDDEN, BAD_INPUT, SPENDING_POLICY_DATE_TAKEN
 */
export const setSpendingPolicy = useCase(
  'setSpendingPolicy',
  async (
    work,
    input: SpendingBands & { paperFromFen: bigint | null; effectiveFrom: string; basis: string },
  ): Promise<string> => {
    const { tx, actor, now } = work
    requireCountyAdmin(work)
    const { effectiveFrom, ownUpToFen, superiorUpToFen } = input
    requireBeginning(work, effectiveFrom)
    if (ownUpToFen < 0n || superiorUpToFen < ownUpToFen)
      fail('BAD_INPUT', {
        ...{ field: 'superiorUpToFen', found: `${ownUpToFen}, ${superiorUpToFen}` },
        ...{ wanted: '0 <= ownUpToFen <= superiorUpToFen', wantedZh: '0 ≤ 本级权限 ≤ 上级权限' },
      })
    if (input.paperFromFen !== null && input.paperFromFen < 0n)
      fail('BAD_INPUT', {
        ...{ field: 'paperFromFen', found: `${input.paperFromFen}`, wanted: '0 or more', wantedZh: '不小于 0' },
      })
    const policy = { ...input, basis: requireReason(input.basis, 'basis') }
    const written = await policyStore.insert(tx, {
      ...{ ...policy, countyId: actor.countyId, setBy: actor.accountId, setAt: now },
    })
    if (!written) fail('SPENDING_POLICY_DATE_TAKEN', { found: effectiveFrom })
    await recordAudit(work, [
      { orgId: null, action: 'spending-policy.set', subjectType: 'County', subjectId: actor.countyId },
    ])
    return effectiveFrom
  },
)
