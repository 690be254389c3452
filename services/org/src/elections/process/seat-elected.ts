import { addYears, electionCitations, isWhole, termYearsOf } from '@linghang/rulebook'
import { organisationOf } from '../../structure/organisations/read-organisations.ts'
import { takeSeats } from '../../structure/seats/take-seats.ts'
import { useCase, type Work } from '../../work.ts'
import { type ElectionState, hasCommittee, isApproved } from './election.ts'
import { fail } from './errors.ts'
import { cited } from './opening.ts'
import { requireOpen } from './preparing.ts'
import { type HeldElection, keepElection, writeElection } from './write-election.ts'

/** Who sits as what: officers as they were elected, and the others of the committee as its members. */
function seatsOf({
  elected,
  officers,
}: ElectionState): { memberId: string; post: 'MEMBER' | 'SECRETARY' | 'DEPUTY_SECRETARY' }[] {
  const leading = new Set(officers.map(one => one.memberId))
  const members = elected.filter(id => !leading.has(id)).map(memberId => ({ memberId, post: 'MEMBER' as const }))
  return [...officers, ...members]
}

/**
 * The committee takes its seats and its term from the day on which it was elected, and the one before it ends; delegates
 * are delegates from now on, and sit nowhere.
 * @throws DomainError all of `takeSeats`
 */
export async function seatElected(work: Work, { id, state }: HeldElection): Promise<void> {
  if (state.congress === null) await seatCommittee(work, state)
  await writeElection(work, { id, state }, 'election.seated', { type: 'SEATED', on: work.today })
}

async function seatCommittee(work: Work, state: ElectionState): Promise<void> {
  const { orgId, kind, assembly } = state
  const electedOn = assembly?.on ?? work.today
  const whole = isWhole(kind)
  const organisation = await organisationOf(work, orgId)
  const years = termYearsOf(state.organisationKind, organisation?.unitKind ?? null)
  await takeSeats(work, {
    ...{ orgId, electedOn, replaces: whole, seats: seatsOf(state) },
    term: whole ? { start: electedOn, end: addYears(electedOn, years) } : null,
    entry: kind === 'CO_OPTION' ? 'COOPTED' : 'ELECTED',
    evidence: hasCommittee(state) ? `选举大会 ${electedOn}，上级批复` : `党员大会选举 ${electedOn}，上级批复`,
    reason: '换届',
  })
}

/**
 * Seats whom the superior has approved, where something stood in the way of it when the approval came.
 * @throws DomainError NOT_FOUND, FORBIDDEN, ELECTION_CLOSED, NOT_APPROVED_YET and all of `takeSeats`
 */
export const takeElectedSeats = useCase('takeElectedSeats', async (work, input: { electionId: string }) => {
  const held = await keepElection(work, input.electionId)
  requireOpen(held.state)
  if (!isApproved(held.state, 'RESULT'))
    fail('NOT_APPROVED_YET', {
      ...{ wanted: 'RESULT', found: held.state.approvals.RESULT?.state ?? 'NOT_ASKED' },
      ...cited(electionCitations.RESULT),
    })
  await seatElected(work, held)
  return held.id
})
