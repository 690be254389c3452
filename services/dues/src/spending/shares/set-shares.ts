import { recordAudit } from '@linghang/access'
import { centreShare } from '@linghang/rulebook'
import { requireCountyAdmin, requireReason } from '@linghang/subgraph'
import { useCase } from '../../work.ts'
import { fail } from './errors.ts'
import type { SharesUp } from './share-policy.ts'
import { shareStore } from './store.ts'

export type SetShares = SharesUp & { fromYear: number; basis: string }

/** @throws DomainError BAD_INPUT for what is no part of a thousand */
function requireShare(field: string, found: number, least: number): void {
  if (found < least || found > 1000)
    fail('BAD_INPUT', { field, found: `${found}`, wanted: `${least} to 1000`, wantedZh: `${least} 至 1000` })
}

/**
 * Writes down how much of a year's dues organisations pass up, as the province-level committee has set it (党费规定 2008, art.
 * 27). A committee's is not below the centre's 5 % (art. 15). By the county's administrators, for the dues of this year or the
 * next; what was written for a year stays.
 * @returns the first year of which it holds
 * @throws DomainError FORBIDDEN, BAD_INPUT, SHARES_YEAR_TAKEN
 */
export const setShares = useCase('setDuesShares', async (work, input: SetShares): Promise<number> => {
  const { tx, actor, now, today } = work
  requireCountyAdmin(work)
  const { fromYear } = input
  const thisYear = Number(today.slice(0, 4))
  if (fromYear < thisYear || fromYear > thisYear + 1)
    fail('BAD_INPUT', {
      ...{ field: 'fromYear', found: `${fromYear}` },
      ...{ wanted: `${thisYear} or ${thisYear + 1}`, wantedZh: `${thisYear} 或 ${thisYear + 1}` },
    })
  requireShare('branchPerMille', input.branchPerMille, 0)
  requireShare('generalBranchPerMille', input.generalBranchPerMille, 0)
  requireShare('committeePerMille', input.committeePerMille, Number(centreShare.perMille))
  const written = await shareStore.setPolicy(tx, {
    ...{ ...input, basis: requireReason(input.basis, 'basis') },
    ...{ countyId: actor.countyId, setBy: actor.accountId, setAt: now },
  })
  if (!written) fail('SHARES_YEAR_TAKEN', { found: `${fromYear}` })
  await recordAudit(work, [
    { orgId: null, action: 'dues-shares.set', subjectType: 'County', subjectId: actor.countyId },
  ])
  return fromYear
})
