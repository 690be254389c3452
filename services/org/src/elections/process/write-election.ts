import { recordAudit, recordHash } from '@linghang/access'
import { type NewEvent, publish } from '@linghang/events'
import { electionDates } from '@linghang/rulebook'
import { requireKept } from '../../structure/organisations/administration.ts'
import { organisationOf } from '../../structure/organisations/read-organisations.ts'
import type { Work } from '../../work.ts'
import type { ElectionState } from './election.ts'
import { fold, follow } from './election-state.ts'
import { fail } from './errors.ts'
import type { Fact } from './facts.ts'
import { electionStore } from './store.ts'
import { stepDates } from './timeline.ts'

/** An election that the transaction holds. */
export type HeldElection = { id: string; state: ElectionState }

/** Locks an election and tells it from its facts. @returns null where there is none that the actor may change */
export async function holdElection({ tx, actor }: Work, id: string): Promise<HeldElection | null> {
  if (!(await electionStore.lock(tx, actor.countyId, id))) return null
  const facts = (await electionStore.factsOf(tx, actor.countyId, [id])).get(id)
  return facts ? { id, state: fold(facts) } : null
}

/** Holds an election that the actor keeps. @throws DomainError NOT_FOUND, FORBIDDEN */
export async function keepElection(work: Work, id: string): Promise<HeldElection> {
  const what = `Election:${id}`
  const [row] = await electionStore.byIds(work.tx, work.actor.countyId, [id])
  if (!row) return fail('NOT_FOUND', { what })
  await requireKept(work, row.orgId, what)
  return (await holdElection(work, id)) ?? fail('NOT_FOUND', { what })
}

/**
 * Writes facts with what they make of their election, the audit row and the event: one thing, in the caller's transaction.
 * @param held with a state of null where the election opens
 * @throws FactsDoNotFit
 */
export async function writeElection(
  work: Work,
  held: { id: string; state: ElectionState | null },
  action: string,
  ...facts: Fact[]
): Promise<ElectionState> {
  const { tx, actor, now } = work
  const state = facts.reduce<ElectionState | null>(follow, held.state) as ElectionState
  const firstSeq = held.state?.version ?? 0
  const written = { id: held.id, countyId: actor.countyId, state, facts, firstSeq }
  await electionStore.write(tx, written, { at: now, by: actor.accountId })
  await recordAudit(work, [
    {
      orgId: state.orgId,
      action,
      subjectType: 'Election',
      subjectId: held.id,
      beforeHash: held.state && recordHash(held.state),
      afterHash: recordHash(state),
    },
  ])
  await publish(work, [await changed(work, held.id, state)])
  return state
}

/** What the others are told: whose election stands how, and what is due of it. */
async function changed(work: Work, id: string, state: ElectionState): Promise<NewEvent> {
  const { orgId, kind, phase, version, congress } = state
  const superior = congress?.orgId ?? (await organisationOf(work, orgId))?.superiorId ?? null
  const dates = phase === 'OPEN' ? electionDates(stepDates(state), orgId, superior) : []
  const data = { id, orgId, kind, state: phase, dates, version }
  return { type: 'org.election.changed.v1', orgId, subject: id, data }
}
