import { usualSharesUp } from '@linghang/rulebook'

/** How much of what members below paid an organisation of each kind passes up, of a thousand (党费规定 2008, art. 27). */
export type SharesUp = { branchPerMille: number; generalBranchPerMille: number; committeePerMille: number }

/** What a county has written down, and from which year's dues on; `fromYear` and `basis` null where it has nothing. */
export type SharePolicy = SharesUp & { fromYear: number | null; basis: string | null }

export const undecided: SharePolicy = { ...usualSharesUp, fromYear: null, basis: null }

/** @param kind of the organisation, as the register has it; of any that is neither kind of branch, a committee's */
export const perMilleOf = (policy: SharesUp, kind: string): number => {
  if (kind === 'BRANCH') return policy.branchPerMille
  return kind === 'GENERAL_BRANCH' ? policy.generalBranchPerMille : policy.committeePerMille
}
