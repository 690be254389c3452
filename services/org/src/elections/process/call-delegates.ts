import { holdKept } from '../../structure/organisations/hold-organisation.ts'
import { superiorIdsOf } from '../../structure/requests/ask-approval.ts'
import { useCase, type Work } from '../../work.ts'
import { type Called, calling, openingOfDelegates, type Unit } from './calling.ts'
import type { ElectionState } from './election.ts'
import { fold } from './election-state.ts'
import { fail } from './errors.ts'
import { electingOf } from './open-election.ts'
import { electionStore } from './store.ts'
import { keepElection, writeElection } from './write-election.ts'

/** How the elections of a congress's delegates stand. */
export async function calledBy({ tx, actor }: Work, { units }: ElectionState): Promise<Called> {
  if (units.length === 0) return new Map()
  const facts = await electionStore.factsOf(
    tx,
    actor.countyId,
    units.map(({ electionId }) => electionId),
  )
  return new Map([...facts].map(([id, told]) => [id, fold(told)]))
}

export type CallDelegates = {
  electionId: string
  units: readonly { orgId: string; seats: number }[]
  /** The day of their assemblies; before the congress. */
  plannedOn: string
}
const unitsAtOnce = 50

/**
 * Calls organisations below to elect the delegates of a congress: an election is opened at each of them, in one transaction.
 * @throws DomainError NOT_FOUND, FORBIDDEN, BAD_INPUT and all of `calling` and `openingOfDelegates`
 */
export const callDelegates = useCase('callDelegates', async (work, { electionId, units, plannedOn }: CallDelegates) => {
  const held = await keepElection(work, electionId)
  if (units.length === 0 || units.length > unitsAtOnce)
    fail('BAD_INPUT', {
      ...{ field: 'units', found: units.length },
      ...{ wanted: `1 to ${unitsAtOnce} at once`, wantedZh: `一次 1 至 ${unitsAtOnce} 个选举单位` },
    })
  const known: Unit[] = []
  for (const unit of units)
    known.push({ ...unit, electionId: work.newId(), superiorIds: await superiorIdsOf(work, unit.orgId) })
  const fact = calling({ state: held.state, today: work.today }, known, await calledBy(work, held.state))
  const congress = { electionId, orgId: held.state.orgId }
  const { rules, plannedOn: congressOn } = held.state
  for (const { orgId, seats, electionId: id } of fact.units) {
    const electing = await electingOf(work, await holdKept(work, orgId))
    const open = await electionStore.isUnderWay(work.tx, work.actor.countyId, orgId, 'DELEGATES')
    const wanted = { congress, seats, plannedOn, congressOn }
    const opened = openingOfDelegates(electing, wanted, { today: work.today, open, rules })
    await writeElection(work, { id, state: null }, 'election.called', opened)
  }
  await writeElection(work, held, 'election.delegates-called', fact)
  return electionId
})
