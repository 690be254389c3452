import { recordAudit, recordHash } from '@linghang/access'
import { publish } from '@linghang/events'
import type { Work } from '../../work.ts'
import { endOffices, openOfficesOf } from '../offices/end-offices.ts'
import { lostOffices } from './lost-offices.ts'
import { seatsOn } from './read-seats.ts'
import type { Seat } from './seat.ts'

/** A seat as it is recorded, whatever the order of the columns. */
const hashOf = (seat: Seat): Buffer =>
  recordHash([seat.memberId, seat.post, seat.entry, seat.fromOn, seat.untilOn, seat.evidence, seat.endReason])

/** The offices that went with seats end with them, in the same transaction. @param isNew whether the committee is new as a whole */
export async function endOfficesWith(
  work: Work,
  ended: readonly Seat[],
  reason: string,
  isNew: boolean,
): Promise<void> {
  const [{ orgId = null } = {}] = ended
  if (orgId === null) return
  const people = [...new Set(ended.map(({ memberId }) => memberId))]
  const offices = await openOfficesOf(work, orgId, people)
  const lost = lostOffices(offices, ended, await seatsOn(work, orgId, work.today), isNew)
  await endOffices(
    work,
    lost.map(({ id }) => id),
    reason,
  )
}

/** Puts what became of seats into the audit and publishes who sits in the committee now. @param version of the held committee */
export async function tellOfSeats(
  work: Work,
  orgId: string,
  version: number,
  { taken, ended }: { taken: readonly Seat[]; ended: readonly Seat[] },
): Promise<void> {
  const row = (action: string) => (seat: Seat) => ({
    ...{ orgId, action, subjectType: 'CommitteeSeat', subjectId: seat.id, afterHash: hashOf(seat) },
  })
  await recordAudit(work, [...ended.map(row('seat.ended')), ...taken.map(row('seat.recorded'))])
  const held = await seatsOn(work, orgId, work.today)
  const seats = held.map(({ id, memberId, post, entry, fromOn }) => ({ id, memberId, post, entry, from: fromOn }))
  await publish(work, [{ type: 'org.committee.changed.v1', orgId, subject: orgId, data: { orgId, seats, version } }])
}
