import { useCase } from '../work.ts'
import { reminderStore } from './store.ts'

/** Marks reminders as read by this person; those of offices they do not hold are left out. @returns how many were unread */
export const markRemindersRead = useCase(
  'markRemindersRead',
  async ({ tx, actor, now }, { ids }: { ids: readonly string[] }) =>
    actor.accountId ? reminderStore.markRead(tx, actor.grants, actor.accountId, actor.countyId, ids, now) : 0,
)
