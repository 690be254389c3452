import type { Tally } from '@linghang/rulebook'
import { currentOf } from '../../life/meetings/attended.ts'
import { registerStore } from '../../life/meetings/register-store.ts'
import type { Work } from '../../work.ts'
import { calledBy } from './call-delegates.ts'
import { requireDelegatesElected, requireOfDelegates } from './calling.ts'
import { counting, reducing } from './counting.ts'
import { fail } from './errors.ts'
import type { BallotKind, PostProposal, Recommended } from './facts.ts'
import { onElection } from './on-election.ts'
import {
  announcement,
  candidateList,
  moving,
  recommendation,
  requireEligible,
  type Standing,
  summons,
} from './preparing.ts'
import { ballotOpening, convening } from './voting.ts'

// What an office does with an election, one line each: the rules stand in what decides.

/** What the register says of these people on a day; whoever is not of the organisation is left out. */
const standingsOf = async ({ tx }: Work, orgId: string, day: string, people: readonly string[]): Promise<Standing[]> =>
  (await registerStore.onDay(tx, orgId, day, people)).known

type On = { electionId: string }

/** @throws DomainError ELECTION_CLOSED, ALREADY_ASKED, ELECTION_DAYS_OUT_OF_ORDER, MOVED_TOO_FAR, KIND_DOES_NOT_FIT */
export const moveElection = onElection(
  'moveElection',
  'election.moved',
  (at, input: On & { plannedOn: string; reason: string }) => moving(at, input.plannedOn, input.reason),
)

type Recommendations = On & { on: string; groups: number; members: number; people: Recommended[] }
/** @throws DomainError as `recommendation` */
export const recordRecommendations = onElection(
  'recordRecommendations',
  'election.recommended',
  (at, { electionId: _, ...input }: Recommendations) => recommendation(at, input),
)

/** Names stand on the ballot as they were recommended. @throws DomainError as `candidateList` */
export const proposeCandidates = onElection(
  'proposeCandidates',
  'election.candidates',
  async (at, { memberIds, posts }: On & { memberIds: string[]; posts: PostProposal[] }, work) => {
    const names = new Map(at.state.recommended?.people.map(one => [one.memberId, one.name]))
    const people = memberIds.map(memberId => ({ memberId, name: names.get(memberId) ?? '' }))
    const ids = [...new Set([...memberIds, ...posts.map(one => one.memberId)])]
    return candidateList(at, { people, posts }, await standingsOf(work, at.state.orgId, work.today, ids))
  },
)

/** @throws DomainError as `announcement` */
export const announceCandidates = onElection(
  'announceCandidates',
  'election.announced',
  (at, { from, until }: On & { from: string; until: string }) => announcement(at, { from, until }),
)

/** @throws DomainError DELEGATES_NOT_ELECTED and as `summons` */
export const summonElectors = onElection(
  'summonElectors',
  'election.summoned',
  async (at, { on, assemblyOn }: On & { on: string; assemblyOn: string }, work) => {
    requireDelegatesElected(at.state, await calledBy(work, at.state))
    return summons(at, { on, assemblyOn })
  },
)

/** @throws DomainError NOT_FOUND, DELEGATES_DIFFER and as `convening` */
export const holdElectionAssembly = onElection(
  'holdElectionAssembly',
  'election.assembly',
  async (at, input: On & { meetingId: string; tellers: string[]; counters: string[] }, work) => {
    const meeting = await currentOf(work, input.meetingId)
    if (!meeting) return fail('NOT_FOUND', { what: `Meeting:${input.meetingId}` })
    requireOfDelegates(at.state, await calledBy(work, at.state), meeting)
    const { tellers, counters } = input
    return convening(at, meeting, { tellers, counters })
  },
)

/** @throws DomainError as `ballotOpening` */
export const openBallot = onElection(
  'openBallot',
  'election.ballot',
  (at, { kind, on, posts }: On & { kind: BallotKind; on: string; posts: PostProposal[] }) =>
    ballotOpening(at, { kind, on, posts }),
)

/** @throws DomainError NOT_A_FULL_MEMBER, RIGHTS_ARE_SUSPENDED of whom voters wrote in, and as `counting` */
export const enterTally = onElection(
  'enterTally',
  'election.tally',
  async (at, { tally, again }: On & { tally: Tally; again: boolean }, work) => {
    const { state } = at
    const writtenIn = tally.writeIns.map(one => one.memberId)
    const day = state.assembly?.on ?? work.today
    if (writtenIn.length > 0) requireEligible(writtenIn, await standingsOf(work, state.orgId, day, writtenIn), day)
    const by = work.actor.accountId ?? fail('FORBIDDEN', { wanted: 'SECRETARY, ADMIN' })
    return counting(at, { tally, by, again })
  },
)

/** @throws DomainError SEATS_NOT_TO_BE_REDUCED, CONSENT_NOT_ENOUGH */
export const reduceSeats = onElection(
  'reduceSeats',
  'election.seats-reduced',
  (at, { consenting }: On & { consenting: number }) => reducing(at, consenting),
)
