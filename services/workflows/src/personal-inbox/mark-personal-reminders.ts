import { useCase } from '../work.ts'
import { personalReminderStore } from './store.ts'

type Named = { ids: readonly string[] }

/** Marks one's own reminders as read; others are left out. @returns how many were unread */
export const markPersonalRemindersRead = useCase(
  'markPersonalRemindersRead',
  async ({ tx, actor, now }, { ids }: Named) =>
    actor.memberId ? personalReminderStore.mark(tx, actor.memberId, ids, 'READ', now) : 0,
)

/**
 * Puts one's own reminders away; they do not come back, and what they reminded of stays as it is. Others are left out.
 * @returns how many were in the inbox
 */
export const dismissPersonalReminders = useCase(
  'dismissPersonalReminders',
  async ({ tx, actor, now }, { ids }: Named) =>
    actor.memberId ? personalReminderStore.mark(tx, actor.memberId, ids, 'DISMISSED', now) : 0,
)
