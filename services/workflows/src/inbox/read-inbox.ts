import type { Stretch } from '@linghang/subgraph'
import type { Work } from '../work.ts'
import { type Reminder, reminderStore } from './store.ts'

/** Reminders to the offices that the actor holds today, newest first. Who sees them changes with who holds the office. */
export async function readInbox({ tx, actor, now }: Work, unreadOnly: boolean, stretch: Stretch): Promise<Reminder[]> {
  return actor.accountId ? reminderStore.toOffices(tx, actor.grants, actor.accountId, unreadOnly, stretch, now) : []
}

export async function countInbox({ tx, actor, now }: Work, unreadOnly: boolean): Promise<number> {
  return actor.accountId ? reminderStore.countToOffices(tx, actor.grants, actor.accountId, unreadOnly, now) : 0
}
