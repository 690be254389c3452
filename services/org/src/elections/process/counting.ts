import {
  countCitations,
  electionCitations,
  isConsentEnough,
  leastOf,
  type Outcome,
  outcomeOf,
  overHalf,
  runOffOutcome,
  type Share,
  type Tally,
  tallyFault,
} from '@linghang/rulebook'
import { toId } from '@linghang/subgraph/ids'
import { type Ballot, type ElectionState, hasCommittee, lastBallot } from './election.ts'
import { fail } from './errors.ts'
import type { Fact } from './facts.ts'
import { cited } from './opening.ts'
import { type ElectionToday, requireOpen } from './preparing.ts'

/** Whose quorum a ballot wants: the first plenary's for secretary and deputies of a committee, else the assembly's. */
const quorumOfBallot = (state: ElectionState, { kind }: Ballot): Share =>
  kind === 'POSTS' && hasCommittee(state) ? state.rules.plenaryQuorum : state.rules.quorum

function outcome(state: ElectionState, ballot: Ballot, tally: Tally): Outcome {
  const { rules } = state
  const quorum = quorumOfBallot(state, ballot)
  return ballot.kind === 'RUN_OFF'
    ? runOffOutcome(tally, ballot.seats, quorum)
    : outcomeOf(tally, ballot.seats, rules, quorum)
}

/** @throws DomainError VOTERS_NOT_OF_ASSEMBLY */
function requireVoters(state: ElectionState, { kind }: Ballot, { due, present }: Tally): void {
  const plenary = kind === 'POSTS' && hasCommittee(state)
  const wanted = plenary ? state.elected.length : (state.assembly?.due ?? 0)
  const most = plenary ? wanted : (state.assembly?.present ?? 0)
  // At a vacancy the plenary is of the whole committee, whose others were not elected here.
  if (plenary && wanted < state.seats) return
  if (due !== wanted || present > most)
    fail('VOTERS_NOT_OF_ASSEMBLY', {
      ...{ found: due, present, wanted, wantedPresent: most },
      ...cited(countCitations.quorum),
    })
}

function requireCount(state: ElectionState, ballot: Ballot, tally: Tally): void {
  const names = new Set(tally.candidates.map(one => one.memberId))
  const found = ballot.candidates.filter(id => names.has(id)).length
  if (found !== ballot.candidates.length || names.size !== found)
    fail('TALLY_OF_OTHERS', { found, wanted: ballot.candidates.length })
  const misfit = tallyFault(tally, ballot.seats)
  if (misfit)
    fail('TALLY_DOES_NOT_ADD_UP', {
      ...{ fault: misfit.fault, found: misfit.found, wanted: misfit.wanted },
      ...(misfit.memberId ? { memberId: toId('Member', misfit.memberId) } : {}),
      ...cited(countCitations.valid),
    })
  requireVoters(state, ballot, tally)
}

/** What differs between two counts, the first of it; null where they are the same. */
function difference(one: Tally, other: Tally): { field: string; found: number; wanted: number } | null {
  for (const field of ['due', 'present', 'issued', 'voting', 'returned', 'void'] as const)
    if (one[field] !== other[field]) return { field, found: one[field], wanted: other[field] }
  const before = new Map(
    [...other.candidates, ...other.writeIns.map(w => ({ ...w, against: 0, abstained: 0 }))].map(v => [v.memberId, v]),
  )
  const now = [...one.candidates, ...one.writeIns.map(w => ({ ...w, against: 0, abstained: 0 }))]
  for (const votes of now)
    for (const mark of ['inFavour', 'against', 'abstained'] as const) {
      const wanted = before.get(votes.memberId)?.[mark] ?? 0
      if (votes[mark] !== wanted)
        return { field: `${toId('Member', votes.memberId)} ${mark}`, found: votes[mark], wanted }
    }
  return now.length === before.size ? null : { field: 'names', found: now.length, wanted: before.size }
}

/**
 * A count as one person entered it: the first waits for the second, and the second is the count where it is the same.
 * @param by the account that enters it
 * @throws DomainError NO_BALLOT_OPEN, TALLY_OF_OTHERS, TALLY_DOES_NOT_ADD_UP, VOTERS_NOT_OF_ASSEMBLY, SAME_PERSON_COUNTS_TWICE, TALLIES_DIFFER
 */
export function counting(
  { state, today }: ElectionToday,
  { tally, by, again }: { tally: Tally; by: string; again: boolean },
): Fact {
  requireOpen(state)
  const ballot = lastBallot(state)
  if (!ballot || ballot.counted) return fail('NO_BALLOT_OPEN')
  requireCount(state, ballot, tally)
  const { entered } = ballot
  if (!entered || again) return { type: 'TALLY_ENTERED', on: today, by, tally }
  const two = cited(electionCitations.TWO_PEOPLE)
  if (entered.by === by) fail('SAME_PERSON_COUNTS_TWICE', two)
  const differs = difference(tally, entered.tally)
  if (differs) fail('TALLIES_DIFFER', { ...differs, ...two })
  return { type: 'BALLOT_COUNTED', on: today, by, tally, outcome: outcome(state, ballot, tally) }
}

/** Fewer seats, where fewer were elected. @throws DomainError SEATS_NOT_TO_BE_REDUCED, CONSENT_NOT_ENOUGH */
export function reducing({ state, today }: ElectionToday, consenting: number): Fact {
  requireOpen(state)
  const last = lastBallot(state)
  const fewer = cited(countCitations.fewer)
  if (last?.counted?.outcome.kind !== 'TOO_FEW' || last.kind === 'POSTS' || state.elected.length === 0)
    return fail('SEATS_NOT_TO_BE_REDUCED', fewer)
  const voters = state.assembly?.present ?? 0
  if (consenting > voters || !isConsentEnough(consenting, voters))
    fail('CONSENT_NOT_ENOUGH', { found: consenting, voters, wanted: leastOf(voters, overHalf), ...fewer })
  return { type: 'SEATS_REDUCED', on: today, to: state.elected.length, consenting, voters }
}
