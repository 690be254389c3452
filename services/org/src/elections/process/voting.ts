import { candidatesWanted, countCitations, electionCitations, leastOf, reaches } from '@linghang/rulebook'
import { toId } from '@linghang/subgraph/ids'
import { seatsLeft } from './asking.ts'
import { type ElectionState, hasCommittee, lastBallot, postsLeft } from './election.ts'
import { fail } from './errors.ts'
import type { BallotKind, Fact, PostProposal } from './facts.ts'
import { cited } from './opening.ts'
import {
  type ElectionToday,
  requireApproved,
  requireDay,
  requireOpen,
  requirePosts,
  requireTellers,
} from './preparing.ts'

/** A meeting as the room of meetings keeps it. */
export type MeetingSeen = {
  id: string
  kind: string
  orgId: string
  heldOn: string
  due: number
  present: number
  presentVoters: ReadonlySet<string>
}

const assemblyKind = ({ organisationKind, body }: ElectionState): string =>
  body === 'CONGRESS'
    ? 'CONGRESS'
    : organisationKind === 'BRANCH' || organisationKind === 'JOINT_BRANCH'
      ? 'BRANCH_ASSEMBLY'
      : 'MEMBER_ASSEMBLY'

/**
 * The assembly as it was held: who was due and who came stands in its record, with the lawful exceptions.
 * @throws DomainError NOT_APPROVED_YET, NOT_SUMMONED, NOT_THE_ASSEMBLY, ELECTION_DAYS_OUT_OF_ORDER, QUORUM_NOT_MET and as `requireTellers`
 */
export function convening(
  { state, today }: ElectionToday,
  meeting: MeetingSeen,
  named: { tellers: readonly string[]; counters: readonly string[] },
): Fact {
  requireOpen(state)
  requireApproved(state, 'CANDIDATES')
  if (state.summonedOn === null) return fail('NOT_SUMMONED', cited(electionCitations.SUMMONS))
  if (state.ballots.length > 0) fail('BALLOT_OPEN')
  const wanted = assemblyKind(state)
  if (meeting.orgId !== state.orgId || meeting.kind !== wanted)
    fail('NOT_THE_ASSEMBLY', {
      ...{ meetingId: toId('Meeting', meeting.id), found: meeting.kind, wanted },
      ...cited(countCitations.quorum),
    })
  requireDay('heldOn', meeting.heldOn, state.announced?.until ?? state.summonedOn, today)
  const { due, present, heldOn: on, id: meetingId } = meeting
  const { quorum } = state.rules
  if (!reaches(present, due, quorum))
    fail('QUORUM_NOT_MET', { due, found: present, wanted: leastOf(due, quorum), ...cited(countCitations.quorum) })
  requireTellers(state, named, meeting.presentVoters)
  return { type: 'ASSEMBLY_HELD', on, meetingId, due, present, ...named }
}

/** The ballots that may be held now; the first is the one due. */
export function ballotsDue(state: ElectionState): BallotKind[] {
  const last = lastBallot(state)
  const outcome = last?.counted?.outcome
  if (last && outcome && (outcome.kind === 'NOT_QUORATE' || outcome.kind === 'VOID')) return [last.kind]
  if (last && outcome?.kind === 'TIED' && last.kind !== 'PRELIMINARY') return ['RUN_OFF']
  if (hasCommittee(state) && !state.ballots.some(one => one.kind === 'MAIN')) {
    const { kind, seats, consentToEqual } = state
    const more = (state.candidates?.people.length ?? 0) > candidatesWanted(kind, seats, consentToEqual)
    return more && !last ? ['MAIN', 'PRELIMINARY'] : ['MAIN']
  }
  if (seatsLeft(state) > 0) return ['SECOND']
  return postsLeft(state).length > 0 ? ['POSTS'] : []
}

/** Who stands where nobody says otherwise. */
function standing(state: ElectionState, kind: BallotKind): string[] {
  const outcome = lastBallot(state)?.counted?.outcome
  const listed = (state.candidates?.people ?? []).map(one => one.memberId)
  if (kind === 'RUN_OFF') return outcome?.kind === 'TIED' ? [...outcome.tied] : []
  if (kind === 'SECOND') return listed.filter(id => !state.elected.includes(id))
  const trial = state.ballots.findLast(one => one.kind === 'PRELIMINARY')?.counted?.outcome
  if (kind !== 'MAIN' || !trial || !('elected' in trial)) return listed
  const passed = trial.kind === 'TIED' ? [...trial.elected, ...trial.tied] : trial.elected
  const wanted = candidatesWanted(state.kind, state.seats, state.consentToEqual)
  return passed.length >= wanted ? listed.filter(id => passed.includes(id)) : listed
}

function seatsOf(state: ElectionState, kind: BallotKind, posts: readonly PostProposal[]): number {
  if (kind === 'PRELIMINARY') return candidatesWanted(state.kind, state.seats, state.consentToEqual)
  return kind === 'POSTS' ? posts.length : seatsLeft(state)
}

/**
 * A ballot that is handed out, of the kind that is due.
 * @param posts who stands for secretary and deputies, where that is not whom the superior agreed to
 * @throws DomainError ASSEMBLY_NOT_HELD, BALLOT_OPEN, NOTHING_LEFT_TO_ELECT, BALLOT_OUT_OF_TURN, POSTS_NOT_EQUAL,
 *   POST_CANDIDATE_NOT_ELECTED
 */
export function ballotOpening(
  { state, today }: ElectionToday,
  { kind, on, posts }: { kind: BallotKind; on: string; posts: readonly PostProposal[] },
): Fact {
  requireOpen(state)
  if (!state.assembly) return fail('ASSEMBLY_NOT_HELD', cited(countCitations.quorum))
  const last = lastBallot(state)
  if (last && !last.counted) fail('BALLOT_OPEN')
  if (state.approvals.RESULT?.state === 'OPEN') fail('ALREADY_ASKED', { found: 'RESULT', state: 'OPEN' })
  requireDay('on', on, last?.on ?? state.assembly.on, today)
  const due = ballotsDue(state)
  if (due.length === 0) return fail('NOTHING_LEFT_TO_ELECT')
  if (!due.includes(kind))
    fail('BALLOT_OUT_OF_TURN', { found: kind, wanted: due.join(', '), ...cited(electionCitations.BALLOTS_IN_TURN) })
  if (kind !== 'POSTS')
    return {
      type: 'BALLOT_OPENED',
      on,
      kind,
      seats: seatsOf(state, kind, []),
      candidates: standing(state, kind),
      posts: [],
    }
  const left = postsLeft(state)
  const proposed = posts.length > 0 ? posts : (state.candidates?.posts ?? []).filter(one => left.includes(one.post))
  requirePosts(left, proposed)
  // At a vacancy the committee sits on, and its members may be elected secretary.
  const outsider = proposed.find(one => !state.elected.includes(one.memberId))
  if (outsider && hasCommittee(state) && (state.kind === 'TERM' || state.kind === 'LATE' || state.kind === 'EARLY'))
    fail('POST_CANDIDATE_NOT_ELECTED', {
      ...{ memberId: toId('Member', outsider.memberId), post: outsider.post },
      ...cited(electionCitations.OFFICERS),
    })
  const candidates = proposed.map(one => one.memberId)
  return { type: 'BALLOT_OPENED', on, kind, seats: proposed.length, candidates, posts: proposed }
}
