import { type Outcome, usualElectionRules } from '@linghang/rulebook'
import { type Ballot, type ElectionState, FactsDoNotFit, lastBallot } from './election.ts'
import type { Fact } from './facts.ts'

function begin(fact: Fact): ElectionState {
  if (fact.type !== 'OPENED') throw new FactsDoNotFit(`an election begins with its opening, not with ${fact.type}`)
  const { type: _, on, ...plan } = fact
  return {
    ...plan,
    rules: plan.rules ?? usualElectionRules,
    delegates: plan.delegates ?? null,
    congress: plan.congress ?? null,
    units: [],
    phase: 'OPEN',
    openedOn: on,
    closedOn: null,
    approvals: {},
    recommended: null,
    candidates: null,
    announced: null,
    summonedOn: null,
    assembly: null,
    ballots: [],
    elected: [],
    officers: [],
    version: 1,
  }
}

function changeLast(state: ElectionState, change: (ballot: Ballot) => Partial<Ballot>): Ballot[] {
  const last = lastBallot(state)
  if (!last || last.counted) throw new FactsDoNotFit('no ballot is open')
  return [...state.ballots.slice(0, -1), { ...last, ...change(last) }]
}

const electedIn = (outcome: Outcome): readonly string[] => ('elected' in outcome ? outcome.elected : [])

/** What a count makes of the committee and its officers; a trial makes nothing of either. */
function counted(state: ElectionState, fact: Fact & { type: 'BALLOT_COUNTED' }): ElectionState {
  const { by, tally, outcome } = fact
  const ballots = changeLast(state, ({ entered }) => ({
    entered: null,
    counted: { by: [...(entered ? [entered.by] : []), by], tally, outcome },
  }))
  const ballot = ballots.at(-1) as Ballot
  const elected = electedIn(outcome)
  if (ballot.kind === 'PRELIMINARY') return { ...state, ballots }
  if (ballot.kind !== 'POSTS') return { ...state, ballots, elected: [...state.elected, ...elected] }
  const officers = ballot.posts.filter(({ memberId }) => elected.includes(memberId))
  return { ...state, ballots, officers: [...state.officers, ...officers] }
}

const approvalOf = (
  state: ElectionState,
  fact: Fact & { stage: 'REQUEST' | 'CANDIDATES' | 'RESULT'; approvalId: string },
) => {
  const approval = state.approvals[fact.stage]
  if (approval?.id !== fact.approvalId) throw new FactsDoNotFit(`${fact.type} of an approval that was not asked for`)
  return approval
}

function apply(state: ElectionState, fact: Fact): ElectionState {
  switch (fact.type) {
    case 'OPENED':
      throw new FactsDoNotFit('an election is opened once')
    case 'MOVED':
      return { ...state, plannedOn: fact.plannedOn, reason: fact.reason }
    case 'APPROVAL_REQUESTED': {
      const { stage, approvalId: id, round, on: requestedOn, deciderOrgId } = fact
      const asked = { id, round, requestedOn, deciderOrgId, state: 'OPEN' as const, decidedOn: null }
      return { ...state, approvals: { ...state.approvals, [stage]: asked } }
    }
    case 'APPROVAL_DECIDED': {
      const decided = { ...approvalOf(state, fact), state: fact.outcome, decidedOn: fact.on }
      return { ...state, approvals: { ...state.approvals, [fact.stage]: decided } }
    }
    case 'APPROVAL_WITHDRAWN': {
      const withdrawn = { ...approvalOf(state, fact), state: 'WITHDRAWN' as const }
      return { ...state, approvals: { ...state.approvals, [fact.stage]: withdrawn } }
    }
    case 'DELEGATES_CALLED': {
      const again = new Set(fact.units.map(({ orgId }) => orgId))
      return { ...state, units: [...state.units.filter(({ orgId }) => !again.has(orgId)), ...fact.units] }
    }
    case 'RECOMMENDED': {
      const { on, groups, members, people } = fact
      return { ...state, recommended: { on, groups, members, people } }
    }
    case 'CANDIDATES_SET':
      return { ...state, candidates: { on: fact.on, people: fact.candidates, posts: fact.posts } }
    case 'ANNOUNCED':
      return { ...state, announced: { from: fact.on, until: fact.until } }
    case 'SUMMONED':
      return { ...state, summonedOn: fact.on, plannedOn: fact.assemblyOn }
    case 'ASSEMBLY_HELD': {
      const { type: _, ...assembly } = fact
      return { ...state, assembly }
    }
    case 'BALLOT_OPENED': {
      const { type: _, ...ballot } = fact
      return { ...state, ballots: [...state.ballots, { ...ballot, entered: null, counted: null }] }
    }
    case 'TALLY_ENTERED':
      return { ...state, ballots: changeLast(state, () => ({ entered: { by: fact.by, tally: fact.tally } })) }
    case 'BALLOT_COUNTED':
      return counted(state, fact)
    case 'SEATS_REDUCED':
      return { ...state, seats: fact.to }
    case 'SEATED':
      return { ...state, phase: 'DONE', closedOn: fact.on }
    case 'CANCELLED':
      return { ...state, phase: 'CANCELLED', closedOn: fact.on }
  }
}

/** The state after one more fact. @throws FactsDoNotFit */
export function follow(state: ElectionState | null, fact: Fact): ElectionState {
  if (state === null) return begin(fact)
  if (state.phase !== 'OPEN') throw new FactsDoNotFit(`${fact.type} after the election was closed`)
  return { ...apply(state, fact), version: state.version + 1 }
}

/** The state that facts make, in their order. @throws FactsDoNotFit */
export function fold(facts: readonly Fact[]): ElectionState {
  const state = facts.reduce<ElectionState | null>(follow, null)
  if (state === null) throw new FactsDoNotFit('an election without facts')
  return state
}
