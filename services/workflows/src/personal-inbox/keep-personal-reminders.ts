import { newestOf, reaction } from '@linghang/events'
import { workingMoment } from '../time/calendar/office-hours.ts'
import type { Work } from '../work.ts'
import { personalReminderStore } from './store.ts'

/**
 * Keeps what members are to find in their own inbox: of a month that is not paid, of a base to confirm. It is shown in
 * working hours, and no more once it is done.
 */
export const keepPersonalReminders = reaction(
  ['dues.reminder.changed.v1', 'dues.fixing.confirmed.v1'],
  async ({ tx, actor, now }: Work, events) => {
    const told = events.flatMap(event => (event.type === 'dues.reminder.changed.v1' ? [{ data: event.data }] : []))
    const lineIds = events.flatMap(({ type, data }) => (type === 'dues.fixing.confirmed.v1' ? [data.id] : []))
    const shownFrom = new Date(workingMoment(now.getTime()))
    if (told.length > 0)
      await personalReminderStore.keep(
        tx,
        actor.countyId,
        newestOf(told, ({ id }) => id),
        { now, shownFrom },
      )
    if (lineIds.length > 0) await personalReminderStore.confirmed(tx, lineIds, now)
  },
)
