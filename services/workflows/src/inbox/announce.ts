import type { RawTx } from '@linghang/access'
import { type Announcement, reminderStore } from './store.ts'

/** Tells the offices that are to decide, in the writer's transaction, that something was handed in to them. */
export const announceRequests = (
  tx: RawTx,
  countyId: string,
  announced: readonly Announcement[],
  now: Date,
): Promise<void> => reminderStore.announce(tx, countyId, announced, now)
