import { type AppealState, newestOf, reaction } from '@linghang/events'
import { monthOf } from '@linghang/rulebook'
import { workingMoment } from '../time/calendar/office-hours.ts'
import type { Work } from '../work.ts'
import type { PersonalReminderKind } from './personal-reminder.ts'
import { personalReminderStore } from './store.ts'

/** What a member is told of their appeal: that it was answered, and that a correction has opened it again. */
const kindOf = ({ state, round }: AppealState): PersonalReminderKind | null => {
  if (state === 'ANSWERED') return 'APPEAL_ANSWERED'
  return state === 'OPEN' && round > 1 ? 'APPEAL_REOPENED' : null
}

/** Tells members in their own inbox, in working hours, what has become of their appeals; what was told before goes. */
export const keepAppealReminders = reaction(
  ['assessment.appeal.changed.v1'],
  async ({ tx, actor, now, newId }: Work, events) => {
    const newest = newestOf(events, ({ id }) => id)
    const shownFrom = new Date(workingMoment(now.getTime()))
    const told = newest.flatMap(appeal => {
      const { id, memberId, openedOn, version } = appeal
      return memberId === null
        ? []
        : [{ id: newId(), aboutId: id, memberId, kind: kindOf(appeal), month: monthOf(openedOn), shownFrom, version }]
    })
    await personalReminderStore.keepAbout(tx, actor.countyId, 'appealId', told, now)
  },
)
