import type { RawTx } from '@linghang/access'
import { type Announcement, reminderStore } from './store.ts'

/** Tells offices, in the writer's transaction, that it is their turn: to decide, to correct, to take the next step. */
export const announce = (tx: RawTx, countyId: string, announced: readonly Announcement[], now: Date): Promise<void> =>
  announced.length === 0 ? Promise.resolve() : reminderStore.announce(tx, countyId, announced, now)

/** Lets the reminders that were given follow what is due to the offices that answer for it now. */
export const followDates = (tx: RawTx, countyId: string, subjectIds: readonly string[], now: Date): Promise<void> =>
  subjectIds.length === 0 ? Promise.resolve() : reminderStore.follow(tx, countyId, subjectIds, now)
