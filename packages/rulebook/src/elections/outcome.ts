import { type CountRules, isVoteValid, leastOf, overHalf, reaches, type Share, type Tally } from './counting.ts'

/** What a count makes: nothing, where too few came or too many ballots came back; or who is elected, and what is left to do. */
export type Outcome =
  | { kind: 'NOT_QUORATE'; wanted: number }
  | { kind: 'VOID'; wanted: number }
  | { kind: 'FILLED'; elected: string[] }
  /** Some with equal votes stand across the last seat: those alone are voted on again. */
  | { kind: 'TIED'; elected: string[]; tied: string[]; left: number }
  | { kind: 'TOO_FEW'; elected: string[]; left: number }

type Stood = { memberId: string; inFavour: number }

const byVotes = (a: Stood, b: Stood) => b.inFavour - a.inFavour || (a.memberId < b.memberId ? -1 : 1)

/** Down to the seats; the seat that equal votes contend for stays open. */
function cut(passed: readonly Stood[], seats: number): Outcome {
  const ranked = passed.toSorted(byVotes)
  if (ranked.length < seats)
    return { kind: 'TOO_FEW', elected: ranked.map(one => one.memberId), left: seats - ranked.length }
  const last = ranked[seats - 1]?.inFavour ?? 0
  const next = ranked[seats]?.inFavour
  if (next !== last) return { kind: 'FILLED', elected: ranked.slice(0, seats).map(one => one.memberId) }
  const elected = ranked.filter(one => one.inFavour > last).map(one => one.memberId)
  const tied = ranked.filter(one => one.inFavour === last).map(one => one.memberId)
  return { kind: 'TIED', elected, tied, left: seats - elected.length }
}

const everybody = ({ candidates, writeIns }: Tally): Stood[] => [...candidates, ...writeIns]

function valid(tally: Tally, quorum: Share): Outcome | null {
  if (!reaches(tally.present, tally.due, quorum)) return { kind: 'NOT_QUORATE', wanted: leastOf(tally.due, quorum) }
  return isVoteValid(tally.returned, tally.voting) ? null : { kind: 'VOID', wanted: tally.voting }
}

/**
 * The outcome of a ballot: more than half of those due (or of those who came, where a county has it so), by votes, down
 * to the seats; whoever was written in counts as a candidate does.
 * @param quorum the body's: the assembly's, or that of a first plenary
 */
export function outcomeOf(tally: Tally, seats: number, { electedBase }: CountRules, quorum: Share): Outcome {
  const base = electedBase === 'DUE' ? tally.due : tally.present
  const passed = everybody(tally).filter(one => reaches(one.inFavour, base, overHalf))
  return valid(tally, quorum) ?? cut(passed, seats)
}

/** A ballot among the tied, each of whom has passed the half already: more votes win. */
export const runOffOutcome = (tally: Tally, left: number, quorum: Share): Outcome =>
  valid(tally, quorum) ?? cut(everybody(tally), left)

/** A seat less, where too few were elected: over half of the voters consent. */
export const isConsentEnough = (consenting: number, voters: number): boolean => reaches(consenting, voters, overHalf)
