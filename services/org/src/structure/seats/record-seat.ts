import { outsideCitation } from '@linghang/rulebook'
import { requireReason } from '@linghang/subgraph'
import { useCase } from '../../work.ts'
import { requireAdmin, requireAdminAbove } from '../organisations/administration.ts'
import { fail } from './errors.ts'
import { holdCommittee, requireDay, requireSeats } from './hold-committee.ts'
import type { Seat } from './seat.ts'
import { seatStore } from './store.ts'
import { tellOfSeats } from './write-seats.ts'

export type RecordSeat = Pick<Seat, 'orgId' | 'memberId' | 'post' | 'entry' | 'fromOn' | 'untilOn' | 'evidence'>

/**
 * Records who sits or sat in a committee. Whom a superior appoints or sends is recorded by whoever administers that one.
 * @throws DomainError NOT_FOUND, FORBIDDEN, BAD_INPUT, SEAT_DAY_REFUSED, SEAT_POST_NOT_FOR_ENTRY and all of `requireSeats`
 */
export const recordSeat = useCase('recordSeat', async (work, input: RecordSeat) => {
  const { tx, actor, today } = work
  await requireAdmin(work, input.orgId)
  const evidence = requireReason(input.evidence, 'evidence')
  const { organisation, version } = await holdCommittee(work, input.orgId)
  if (input.entry === 'APPOINTED' || input.entry === 'FIRST_SECRETARY') await requireAdminAbove(work, organisation)
  if ((input.post === 'FIRST_SECRETARY') !== (input.entry === 'FIRST_SECRETARY')) {
    const { article, source } = outsideCitation
    fail('SEAT_POST_NOT_FOR_ENTRY', { post: input.post, found: input.entry, article, source })
  }
  requireDay(input.fromOn, organisation.establishedOn, today)
  if (input.untilOn !== null) requireDay(input.untilOn, input.fromOn, today)
  const seat: Seat = { ...input, id: work.newId(), evidence, endReason: null }
  const standing = await seatStore.heldFrom(tx, input.orgId, input.fromOn)
  await requireSeats(work, organisation, input.fromOn, [seat], standing)
  await seatStore.insert(tx, [{ ...seat, countyId: actor.countyId, recordedBy: actor.accountId }])
  await tellOfSeats(work, input.orgId, version, { taken: [seat], ended: [] })
  return seat.id
})
