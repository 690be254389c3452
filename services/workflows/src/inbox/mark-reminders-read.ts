import { useCase } from '../work.ts'
import { inboxOffices } from './read-inbox.ts'
import { reminderStore } from './store.ts'

/** Marks reminders as read by this person; those of offices they do not hold are left out. @returns how many were unread */
export const markRemindersRead = useCase('markRemindersRead', async (work, { ids }: { ids: readonly string[] }) => {
  const { tx, now } = work
  const { accountId, countyId } = work.actor
  return accountId ? reminderStore.markRead(tx, await inboxOffices(work), accountId, countyId, ids, now) : 0
})
