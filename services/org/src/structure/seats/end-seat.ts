import { requireReason } from '@linghang/subgraph'
import { useCase } from '../../work.ts'
import { requireAdmin, requireAdminAbove } from '../organisations/administration.ts'
import { fail } from './errors.ts'
import { holdCommittee, requireDay } from './hold-committee.ts'
import { seatStore } from './store.ts'
import { endOfficesWith, tellOfSeats } from './write-seats.ts'

export type EndSeat = {
  seatId: string
  /** Today where it is left out. */
  untilOn: string | null
  reason: string
}

/**
 * Ends a seat, which stays as history, and the offices that went with it. Whom the superior appointed or sent is recalled by whoever administers that one.
 * @throws DomainError NOT_FOUND, FORBIDDEN, BAD_INPUT, SEAT_DAY_REFUSED, SEAT_ENDED_ALREADY
 */
export const endSeat = useCase('endSeat', async (work, input: EndSeat) => {
  const { tx, actor, today } = work
  const reason = requireReason(input.reason)
  const missing = () => fail('NOT_FOUND', { what: `CommitteeSeat:${input.seatId}` })
  const [found] = await seatStore.byIds(tx, actor.countyId, [input.seatId])
  if (!found) return missing()
  await requireAdmin(work, found.orgId)
  const { organisation, version } = await holdCommittee(work, found.orgId)
  if (found.entry === 'APPOINTED' || found.entry === 'FIRST_SECRETARY') await requireAdminAbove(work, organisation)
  // Again, now that nobody else ends it.
  const [seat = missing()] = await seatStore.byIds(tx, actor.countyId, [input.seatId])
  if (seat.untilOn !== null) fail('SEAT_ENDED_ALREADY', { found: seat.untilOn })
  const untilOn = input.untilOn ?? today
  requireDay(untilOn, seat.fromOn, today)
  const ended = await seatStore.end(tx, [seat.id], { untilOn, reason, endedBy: actor.accountId })
  await endOfficesWith(work, ended, reason, false)
  await tellOfSeats(work, seat.orgId, version, { taken: [], ended })
  return seat.id
})
