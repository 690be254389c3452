import {
  type Base,
  type ElectionRules,
  type PlenaryQuorum,
  plenaryQuorums,
  type StepDays,
  usualElectionRules,
} from '@linghang/rulebook'

/** What a county has decided of elections, and from when; `effectiveFrom` and `basis` null where it has decided nothing. */
export type ElectionSettings = {
  effectiveFrom: string | null
  plenaryQuorum: PlenaryQuorum
  electedBase: Base
  inTimeDays: number
  days: StepDays
  basis: string | null
}

export const undecided: ElectionSettings = {
  ...{ effectiveFrom: null, plenaryQuorum: 'FOUR_FIFTHS', electedBase: usualElectionRules.electedBase },
  ...{ inTimeDays: usualElectionRules.inTimeDays, days: {}, basis: null },
}

/** What holds on a day: the newest that has begun by then. @param decided oldest first */
export const heldOn = (decided: readonly ElectionSettings[], day: string): ElectionSettings =>
  decided.findLast(({ effectiveFrom }) => effectiveFrom !== null && effectiveFrom <= day) ?? undecided

/** The same told back of an election. */
export const plenaryQuorumOf = ({ plenaryQuorum: { numerator, denominator } }: ElectionRules): PlenaryQuorum =>
  numerator * 3 === denominator * 2 ? 'TWO_THIRDS' : 'FOUR_FIFTHS'

/** The rules by which an election that is opened today is held to its end. */
export const rulesOf = ({ plenaryQuorum, electedBase, inTimeDays, days }: ElectionSettings): ElectionRules => ({
  ...usualElectionRules,
  ...{ plenaryQuorum: plenaryQuorums[plenaryQuorum], electedBase, inTimeDays, days },
})
