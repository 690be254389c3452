import type { Work } from '../../work.ts'
import { holdCommittee } from './hold-committee.ts'
import { seatStore } from './store.ts'
import { tellOfSeats } from './write-seats.ts'

/** Ends the whole committee of an organisation, today, in the transaction of whoever calls. */
export async function endCommittee(work: Work, orgId: string, reason: string): Promise<void> {
  const { tx, actor, today } = work
  const { version } = await holdCommittee(work, orgId)
  const held = await seatStore.heldFrom(tx, orgId, today)
  if (held.length === 0) return
  const ended = await seatStore.end(
    tx,
    held.map(({ id }) => id),
    { untilOn: today, reason, endedBy: actor.accountId },
  )
  await tellOfSeats(work, orgId, version, { taken: [], ended })
}
