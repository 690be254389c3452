import { asElectionsAreHeld } from '../citations.ts'
import type { Citation } from '../deadline.ts'

/** Of whom more than half is wanted: those who ought to have come, or those who did. */
export type Base = 'DUE' | 'PRESENT'
export type Share = { numerator: number; denominator: number; operator: 'AT_LEAST' | 'MORE_THAN' }

/** What a county may have otherwise, since handbooks differ: how many must come, and of whom the half is taken. */
export type CountRules = { quorum: Share; plenaryQuorum: Share; electedBase: Base }

const fourFifths: Share = { numerator: 4, denominator: 5, operator: 'AT_LEAST' }
export const usualCountRules: CountRules = { quorum: fourFifths, plenaryQuorum: fourFifths, electedBase: 'DUE' }

export const countCitations = {
  quorum: asElectionsAreHeld('到会有选举权的党员不少于应到会人数的五分之四'),
  valid: asElectionsAreHeld('收回选票不多于投票人数，选举有效'),
  ballot: asElectionsAreHeld('每张选票所选人数不多于应选名额'),
  elected: asElectionsAreHeld('得赞成票超过应到会有选举权人数的半数'),
  tie: asElectionsAreHeld('末位票数相等，对其重新投票'),
  fewer: asElectionsAreHeld('当选人数少于应选名额，另行选举或经半数以上同意减少名额'),
} as const satisfies Readonly<Record<string, Citation>>

/** Whether so many of them reach the share; in whole numbers. Nobody of nobody reaches none. */
export const reaches = (count: number, of: number, { numerator, denominator, operator }: Share): boolean =>
  of > 0 && (operator === 'AT_LEAST' ? count * denominator >= of * numerator : count * denominator > of * numerator)

/** The smallest number that reaches the share; Infinity where none does. */
export const leastOf = (of: number, share: Share): number =>
  of === 0
    ? Number.POSITIVE_INFINITY
    : share.operator === 'AT_LEAST'
      ? Math.max(1, Math.floor((of * share.numerator + share.denominator - 1) / share.denominator))
      : Math.floor((of * share.numerator) / share.denominator) + 1

export const overHalf: Share = { numerator: 1, denominator: 2, operator: 'MORE_THAN' }

/** A ballot is void where it chooses more than there are seats; fewer are lawful, and so is nobody. */
export const isBallotValid = (names: number, seats: number): boolean => names <= seats

/** More ballots than people who voted: the vote is void and held anew. */
export const isVoteValid = (returned: number, voting: number): boolean => returned <= voting

export type Votes = { memberId: string; inFavour: number; against: number; abstained: number }

/** A count as the tellers signed it. */
export type Tally = {
  due: number
  /** Those with the right to elect who came. */
  present: number
  issued: number
  /** Who cast a ballot. */
  voting: number
  returned: number
  void: number
  candidates: readonly Votes[]
  /** Whom voters wrote in instead of a candidate they were against. */
  writeIns: readonly { memberId: string; inFavour: number }[]
}

export type TallyFault =
  | 'NOT_A_NUMBER'
  | 'MORE_PRESENT_THAN_DUE'
  | 'MORE_ISSUED_THAN_PRESENT'
  | 'MORE_VOTING_THAN_ISSUED'
  | 'MORE_VOID_THAN_RETURNED'
  | 'NOT_EVERY_BALLOT_COUNTED'
  | 'MORE_CHOSEN_THAN_SEATS'
  | 'MORE_WRITTEN_IN_THAN_AGAINST'
  | 'NAMED_TWICE'

export type Misfit = { fault: TallyFault; found: number; wanted: number; memberId?: string }

const sum = (numbers: readonly number[]) => numbers.reduce((all, one) => all + one, 0)

/** What does not add up in a count, whatever its outcome; null where it does. More returned than voted is an outcome. */
export function tallyFault(tally: Tally, seats: number): Misfit | null {
  const { due, present, issued, voting, returned, candidates, writeIns } = tally
  const counts = [due, present, issued, voting, returned, tally.void]
  const all = [
    ...counts,
    ...candidates.flatMap(c => [c.inFavour, c.against, c.abstained]),
    ...writeIns.map(w => w.inFavour),
  ]
  const odd = all.find(one => !Number.isSafeInteger(one) || one < 0)
  if (odd !== undefined) return { fault: 'NOT_A_NUMBER', found: odd, wanted: 0 }
  const named = [...candidates, ...writeIns].map(one => one.memberId)
  if (new Set(named).size < named.length)
    return { fault: 'NAMED_TWICE', found: named.length, wanted: new Set(named).size }
  if (present > due) return { fault: 'MORE_PRESENT_THAN_DUE', found: present, wanted: due }
  if (issued > present) return { fault: 'MORE_ISSUED_THAN_PRESENT', found: issued, wanted: present }
  if (voting > issued) return { fault: 'MORE_VOTING_THAN_ISSUED', found: voting, wanted: issued }
  if (tally.void > returned) return { fault: 'MORE_VOID_THAN_RETURNED', found: tally.void, wanted: returned }
  const valid = returned - tally.void
  const uneven = candidates.find(one => one.inFavour + one.against + one.abstained !== valid)
  if (uneven) {
    const found = uneven.inFavour + uneven.against + uneven.abstained
    return { fault: 'NOT_EVERY_BALLOT_COUNTED', found, wanted: valid, memberId: uneven.memberId }
  }
  const written = sum(writeIns.map(one => one.inFavour))
  const against = sum(candidates.map(one => one.against))
  if (written > against) return { fault: 'MORE_WRITTEN_IN_THAN_AGAINST', found: written, wanted: against }
  const most = writeIns.find(one => one.inFavour > valid)
  if (most) return { fault: 'NOT_EVERY_BALLOT_COUNTED', found: most.inFavour, wanted: valid, memberId: most.memberId }
  const chosen = sum(candidates.map(one => one.inFavour)) + written
  return chosen > valid * seats ? { fault: 'MORE_CHOSEN_THAN_SEATS', found: chosen, wanted: valid * seats } : null
}
