import {
  announcementDays,
  candidatesWanted,
  delegateSurplus,
  electionCitations,
  lastWorkingDay,
  singleSeat,
  surplus,
} from '@linghang/rulebook'
import { toId } from '@linghang/subgraph/ids'
import { type ElectionState, hasCommittee, isApproved, namedIn } from './election.ts'
import { fail } from './errors.ts'
import type { ApprovalStage, Fact, Named, PostProposal, Recommended } from './facts.ts'
import { cited, requireDayOfKind } from './opening.ts'

/** The election of today, as its commands ask for it. */
export type ElectionToday = { state: ElectionState; today: string }

/** What the register says of somebody on a day. */
export type Standing = { memberId: string; standing: string; suspendedSince: string | null }

/** @throws DomainError ELECTION_CLOSED */
export function requireOpen({ phase }: ElectionState): void {
  if (phase !== 'OPEN') fail('ELECTION_CLOSED', { found: phase })
}

/** @throws DomainError ELECTION_DAYS_OUT_OF_ORDER */
export function requireDay(field: string, found: string, from: string, until: string): void {
  if (found < from || found > until) fail('ELECTION_DAYS_OUT_OF_ORDER', { field, found, from, until })
}

/** @throws DomainError NOT_APPROVED_YET */
export function requireApproved(state: ElectionState, stage: ApprovalStage): void {
  if (!isApproved(state, stage))
    fail('NOT_APPROVED_YET', {
      ...{ wanted: stage, found: state.approvals[stage]?.state ?? 'NOT_ASKED' },
      ...cited(stage === 'REQUEST' ? electionCitations.REQUEST : electionCitations.CANDIDATES),
    })
}

/** What is with the superior, or agreed, is not changed behind their back. @throws DomainError ALREADY_ASKED */
export function requireNotAsked(election: ElectionState, stage: ApprovalStage): void {
  const state = isApproved(election, stage) ? 'APPROVED' : election.approvals[stage]?.state
  if (state === 'OPEN' || state === 'APPROVED') fail('ALREADY_ASKED', { found: stage, state })
}

function requireOnce(memberIds: readonly string[]): void {
  const twice = memberIds.find((id, i) => memberIds.indexOf(id) !== i)
  if (twice) fail('NAMED_TWICE', { memberId: toId('Member', twice) })
}

/** Another day, while the superior has not agreed to this one. @throws DomainError as `requireDayOfKind`, ALREADY_ASKED */
export function moving({ state, today }: ElectionToday, plannedOn: string, reason: string): Fact {
  requireOpen(state)
  requireNotAsked(state, 'REQUEST')
  requireDay('plannedOn', plannedOn, today, '9999-12-31')
  requireDayOfKind(state.termEnd, { kind: state.kind, plannedOn, reason }, state.rules)
  return { type: 'MOVED', on: today, plannedOn, reason }
}

export function cancelling({ state, today }: ElectionToday, reason: string): Fact {
  requireOpen(state)
  return { type: 'CANCELLED', on: today, reason }
}

/** @throws DomainError ELECTION_CLOSED, NOT_APPROVED_YET, ALREADY_ASKED, ELECTION_DAYS_OUT_OF_ORDER, NAMED_TWICE */
export function recommendation(
  { state, today }: ElectionToday,
  input: { on: string; groups: number; members: number; people: readonly Recommended[] },
): Fact {
  requireOpen(state)
  requireApproved(state, 'REQUEST')
  requireNotAsked(state, 'CANDIDATES')
  requireDay('on', input.on, state.approvals.REQUEST?.decidedOn ?? state.openedOn, today)
  requireOnce(input.people.map(one => one.memberId))
  return { type: 'RECOMMENDED', ...input }
}

/** Whether somebody may be elected on a day. @throws DomainError NOT_A_FULL_MEMBER, RIGHTS_ARE_SUSPENDED */
export function requireEligible(memberIds: readonly string[], standings: readonly Standing[], on: string): void {
  const byId = new Map(standings.map(one => [one.memberId, one]))
  for (const id of memberIds) {
    const { standing = 'NONE', suspendedSince = null } = byId.get(id) ?? {}
    const memberId = toId('Member', id)
    if (standing !== 'FULL')
      fail('NOT_A_FULL_MEMBER', { memberId, on, found: standing, ...cited(electionCitations.VOTERS) })
    if (suspendedSince !== null)
      fail('RIGHTS_ARE_SUSPENDED', { memberId, found: suspendedSince, ...cited(electionCitations.VOTERS) })
  }
}

/** As many candidates as posts. @throws DomainError POSTS_NOT_EQUAL, NAMED_TWICE */
export function requirePosts(wanted: readonly string[], proposed: readonly PostProposal[]): void {
  requireOnce(proposed.map(one => one.memberId))
  for (const post of new Set([...wanted, ...proposed.map(one => one.post)])) {
    const found = proposed.filter(one => one.post === post).length
    const posts = wanted.filter(one => one === post).length
    if (found !== posts)
      fail('POSTS_NOT_EQUAL', { post, found, wanted: posts, ...cited(electionCitations.EQUAL_NUMBER) })
  }
}

/**
 * The list that the outgoing committee puts forward.
 * @param standings what the register says of everybody on it today
 * @throws DomainError NOT_RECOMMENDED, CANDIDATE_NOT_RECOMMENDED, CANDIDATES_TOO_FEW, POSTS_NOT_EQUAL, NAMED_TWICE,
 *   NOT_A_FULL_MEMBER, RIGHTS_ARE_SUSPENDED, and as `recommendation`
 */
export function candidateList(
  { state, today }: ElectionToday,
  { people, posts }: { people: readonly Named[]; posts: readonly PostProposal[] },
  standings: readonly Standing[],
): Fact {
  requireOpen(state)
  requireApproved(state, 'REQUEST')
  requireNotAsked(state, 'CANDIDATES')
  const { recommended, kind, seats } = state
  if (!recommended) return fail('NOT_RECOMMENDED', cited(electionCitations.RECOMMENDATION))
  requireOnce(people.map(one => one.memberId))
  requirePosts(state.posts, posts)
  const ids = [...new Set([...people, ...posts].map(one => one.memberId))]
  const known = new Set(recommended.people.map(one => one.memberId))
  // The secretary of a committee that sits on, elected at a vacancy, stands in it already.
  const stranger = people.map(one => one.memberId).find(id => !known.has(id))
  if (stranger)
    fail('CANDIDATE_NOT_RECOMMENDED', {
      memberId: toId('Member', stranger),
      ...cited(electionCitations.RECOMMENDATION),
    })
  const wanted = seats === 0 ? 0 : candidatesWanted(kind, seats, state.consentToEqual)
  if (hasCommittee(state) && people.length < wanted)
    fail('CANDIDATES_TOO_FEW', {
      ...{ found: people.length, seats, wanted },
      ...cited(wanted === seats ? singleSeat : kind === 'DELEGATES' ? delegateSurplus.citation : surplus.citation),
    })
  requireEligible(ids, standings, today)
  return { type: 'CANDIDATES_SET', on: today, candidates: people, posts }
}

/** The first day on which a notice that begins on a day may end. */
const noticeUntil = (from: string): string => lastWorkingDay(from, announcementDays.workingDays).on

/** @throws DomainError NOT_APPROVED_YET, ELECTION_DAYS_OUT_OF_ORDER, NOTICE_TOO_SHORT */
export function announcement({ state, today }: ElectionToday, { from, until }: { from: string; until: string }): Fact {
  requireOpen(state)
  requireApproved(state, 'CANDIDATES')
  requireDay('from', from, state.approvals.CANDIDATES?.decidedOn ?? state.openedOn, today)
  const wanted = noticeUntil(from)
  if (until < wanted) fail('NOTICE_TOO_SHORT', { found: until, wanted, ...cited(announcementDays.citation) })
  requireDay('until', until, wanted, '9999-12-31')
  return { type: 'ANNOUNCED', on: from, until }
}

/** @throws DomainError NOT_APPROVED_YET, NOT_ANNOUNCED, ELECTION_DAYS_OUT_OF_ORDER, MOVED_TOO_FAR, KIND_DOES_NOT_FIT */
export function summons({ state, today }: ElectionToday, { on, assemblyOn }: { on: string; assemblyOn: string }): Fact {
  requireOpen(state)
  requireApproved(state, 'CANDIDATES')
  const { announced } = state
  const wanted = announced?.until ?? noticeUntil(today)
  if (state.congress === null && (!announced || assemblyOn < announced.until))
    fail('NOT_ANNOUNCED', { found: announced?.until ?? '-', wanted, ...cited(announcementDays.citation) })
  requireDay('on', on, state.openedOn, today)
  requireDay('assemblyOn', assemblyOn, on, '9999-12-31')
  requireDayOfKind(state.termEnd, { ...state, plannedOn: assemblyOn }, state.rules)
  return { type: 'SUMMONED', on, assemblyOn }
}

/** @throws DomainError TELLERS_MISSING, TELLER_IS_CANDIDATE, TELLER_WAS_NOT_THERE */
export function requireTellers(
  state: ElectionState,
  { tellers, counters }: { tellers: readonly string[]; counters: readonly string[] },
  voters: ReadonlySet<string>,
): void {
  const citation = cited(electionCitations.TELLERS)
  if (tellers.length === 0 || counters.length === 0)
    fail('TELLERS_MISSING', { found: tellers.length, counters: counters.length, ...citation })
  requireOnce([...tellers, ...counters])
  const standing = namedIn(state)
  for (const id of [...tellers, ...counters])
    if (standing.has(id)) fail('TELLER_IS_CANDIDATE', { memberId: toId('Member', id), ...citation })
  for (const id of tellers)
    if (!voters.has(id)) fail('TELLER_WAS_NOT_THERE', { memberId: toId('Member', id), ...citation })
}
