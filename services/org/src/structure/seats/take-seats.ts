import type { Work } from '../../work.ts'
import type { Term } from '../organisations/organisation.ts'
import { writeTerm } from '../organisations/write-term.ts'
import { holdCommittee, requireDay, requireSeats } from './hold-committee.ts'
import type { Seat } from './seat.ts'
import { seatStore } from './store.ts'
import { endOfficesWith, tellOfSeats } from './write-seats.ts'

export type TakeSeats = {
  orgId: string
  /** From this day on the new ones sit there. */
  electedOn: string
  /** The organisation's from now on; null where the term goes on, as with a by-election. */
  term: Term | null
  entry: 'ELECTED' | 'COOPTED'
  /** On what they rest; 200 characters at most. */
  evidence: string
  seats: readonly Pick<Seat, 'memberId' | 'post'>[]
  /** Whether the committee before them ends; its first secretary, whom the superior sent, stays in any case. */
  replaces: boolean
  /** Why those before them end; wanted where they do. */
  reason: string
}

/**
 * Seats whoever was elected, ends the committee before them with the offices that went with it, and writes the term, in the
 * transaction of whoever calls. Who may do so is for the caller to have asked; whether they may sit there is asked here.
 * @returns the ids of the new seats, in their order
 * @throws DomainError NOT_FOUND, SEAT_DAY_REFUSED, TERM_ENDS_BEFORE_START and all of `requireSeats`
 */
export async function takeSeats(work: Work, wanted: TakeSeats): Promise<string[]> {
  const { tx, actor, today } = work
  const { orgId, electedOn, entry, evidence } = wanted
  const { organisation, version } = await holdCommittee(work, orgId)
  requireDay(electedOn, organisation.establishedOn, today)
  const before = await seatStore.heldFrom(tx, orgId, electedOn)
  const leaving = wanted.replaces ? before.filter(({ post }) => post !== 'FIRST_SECRETARY') : []
  const ended = await seatStore.end(
    tx,
    leaving.map(({ id }) => id),
    { untilOn: electedOn, reason: wanted.reason, endedBy: actor.accountId },
  )
  const taken = wanted.seats.map(seat => ({
    ...{ ...seat, id: work.newId(), orgId, entry, fromOn: electedOn, untilOn: null, evidence, endReason: null },
  }))
  const standing = before.filter(seat => !leaving.includes(seat))
  await requireSeats(work, organisation, electedOn, taken, standing)
  await seatStore.insert(
    tx,
    taken.map(seat => ({ ...seat, countyId: actor.countyId, recordedBy: actor.accountId })),
  )
  if (wanted.term !== null) await writeTerm(work, orgId, wanted.term)
  await endOfficesWith(work, ended, wanted.reason, wanted.replaces)
  await tellOfSeats(work, orgId, version, { taken, ended })
  return taken.map(({ id }) => id)
}
