import type { sendReminder } from '../inbox/send-reminder.ts'
import type { DueReminder } from './watch.ts'

/** What workflows that keep time may do to the world. */
export const createActivities = (deps: { sendReminder: ReturnType<typeof sendReminder> }) => ({
  remind: (due: DueReminder): Promise<void> => deps.sendReminder(due),
})
export type Activities = ReturnType<typeof createActivities>
