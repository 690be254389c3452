import { isWhole } from '@linghang/rulebook'
import { registerStore } from '../../life/meetings/register-store.ts'
import { requireKept } from '../../structure/organisations/administration.ts'
import { holdKept } from '../../structure/organisations/hold-organisation.ts'
import type { Organisation } from '../../structure/organisations/organisation.ts'
import { seatsOn } from '../../structure/seats/read-seats.ts'
import { useCase, type Work } from '../../work.ts'
import { electionRulesOfToday } from '../settings/read-settings.ts'
import { fold } from './election-state.ts'
import type { Plan } from './facts.ts'
import { type Electing, opening, type Sitting } from './opening.ts'
import { electionStore } from './store.ts'
import { writeElection } from './write-election.ts'

/** What is known of an organisation that elects, by the register of today. */
export async function electingOf(work: Work, { id, kind, term }: Organisation): Promise<Electing> {
  const { known } = await registerStore.onDay(work.tx, id, work.today, null)
  const count = (...standings: string[]) => known.filter(one => standings.includes(one.standing)).length
  return {
    ...{ orgId: id, organisationKind: kind, termEnd: term?.end ?? null },
    ...{ fullMembers: count('FULL'), members: count('FULL', 'PROBATIONARY') },
  }
}

/** Who sits there today, and for how many the last committee was elected. */
async function sittingOf(work: Work, orgId: string): Promise<Sitting> {
  // Whom the superior sent as first secretary comes on top of the committee.
  const seats = (await seatsOn(work, orgId, work.today)).filter(({ post }) => post !== 'FIRST_SECRETARY')
  const last = await electionStore.lastWhole(work.tx, work.actor.countyId, orgId)
  return {
    ...{ members: new Set(seats.map(({ memberId }) => memberId)).size, posts: seats.map(({ post }) => post) },
    size: last && fold(last).seats,
  }
}

export type OpenElection = Omit<Plan, 'termEnd'> & { orgId: string; scattered: boolean }

/**
 * Opens an election: what it is, how many are elected, and when. The organisation is held, so that it opens one.
 * @throws DomainError NOT_FOUND, FORBIDDEN, and all of `opening`
 */
export const openElection = useCase('openElection', async (work, { orgId, ...plan }: OpenElection) => {
  await requireKept(work, orgId, `Organisation:${orgId}`)
  const organisation = await holdKept(work, orgId)
  const open = await electionStore.isUnderWay(work.tx, work.actor.countyId, orgId, 'COMMITTEE')
  const electing = await electingOf(work, organisation)
  const termEnd = isWhole(plan.kind) ? electing.termEnd : null
  const rules = await electionRulesOfToday(work)
  const sitting = await sittingOf(work, orgId)
  const fact = opening(electing, { ...plan, termEnd }, { today: work.today, open, rules, sitting })
  const id = work.newId()
  await writeElection(work, { id, state: null }, 'election.opened', fact)
  return id
})
