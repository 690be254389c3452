import type { Work } from '../work.ts'
import { type Announcement, reminderStore } from './store.ts'

/** Tells offices, in the writer's transaction, that it is their turn: to decide, to correct, to take the next step. */
export async function announce({ tx, actor, now }: Work, announced: readonly Announcement[]): Promise<void> {
  if (announced.length > 0) await reminderStore.announce(tx, actor.countyId, announced, now)
}

/** Lets the reminders that were given follow what is due to the offices that answer for it now. */
export async function followDates({ tx, actor, now }: Work, subjectIds: readonly string[]): Promise<void> {
  if (subjectIds.length > 0) await reminderStore.follow(tx, actor.countyId, subjectIds, now)
}
