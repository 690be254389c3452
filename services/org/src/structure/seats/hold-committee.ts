import { isBranch } from '@linghang/rulebook'
import type { Work } from '../../work.ts'
import type { Organisation } from '../organisations/organisation.ts'
import { organisationOf } from '../organisations/read-organisations.ts'
import { fail } from './errors.ts'
import { requireCommittee, requireHolder } from './judge-seats.ts'
import type { Seat } from './seat.ts'
import { seatStore } from './store.ts'

/** A committee that nobody else changes until the transaction ends. */
export type HeldCommittee = { organisation: Organisation; version: number }

/** @throws DomainError NOT_FOUND */
export async function holdCommittee(work: Work, orgId: string): Promise<HeldCommittee> {
  const organisation = (await organisationOf(work, orgId)) ?? fail('NOT_FOUND', { what: `Organisation:${orgId}` })
  return { organisation, version: await seatStore.hold(work.tx, work.actor.countyId, orgId) }
}

/** Before the party nobody sat in its committees. */
const earliestSeat = '1921-07-01'

/** @throws DomainError SEAT_DAY_REFUSED */
export function requireDay(found: string, from: string | null, until: string): void {
  const earliest = from ?? earliestSeat
  if (found < earliest || found > until) fail('SEAT_DAY_REFUSED', { found, from: earliest, until })
}

/**
 * Whether these may sit in a held committee beside those who do: looked at where it is written.
 * @param added all from one day on
 * @param standing the seats that go on beside them
 * @throws DomainError NOT_FOUND, SEAT_HOLDER_NOT_FULL, SEAT_HOLDER_SUSPENDED, SEAT_HOLDER_FROM_OUTSIDE, COMMITTEE_NOT_ELECTED,
 *   POST_WITHOUT_COMMITTEE, SEAT_HELD_ALREADY, POST_TAKEN, COMMITTEE_TOO_LARGE
 */
export async function requireSeats(
  { tx }: Work,
  { id, kind }: Organisation,
  day: string,
  added: readonly Seat[],
  standing: readonly Seat[],
): Promise<void> {
  const candidates = await seatStore.candidates(
    tx,
    id,
    day,
    added.map(({ memberId }) => memberId),
  )
  for (const seat of added) {
    const candidate = candidates.get(seat.memberId) ?? fail('NOT_FOUND', { what: `Member:${seat.memberId}` })
    requireHolder(kind, seat, candidate)
  }
  const fullMembers = isBranch(kind) ? await seatStore.fullMembersOn(tx, id, day) : 0
  requireCommittee({ kind, fullMembers }, standing, added)
}
