import { type Deadline, type LadderPolicy, plan, type Reminder, type Rung } from '@linghang/rulebook'
import { reminderDay, reminderMoment } from '../../time/calendar/office-hours.ts'
import type { WatchedDate } from '../../time/plan/timed-watch.ts'

/**
 * What to remind of now, and in how many milliseconds to look again (null: not before something changes).
 * @param sent keys of the reminders this workflow has sent
 */
export function nextSteps(
  deadlines: readonly WatchedDate[],
  nowMs: number,
  sent: ReadonlySet<string>,
  ladders?: LadderPolicy,
): { remindNow: { rule: Deadline['rule']; dueOn: string; rung: Rung }[]; waitMs: number | null } {
  const { remindNow, nextOn } = plan(deadlines.map(asDeadline), reminderDay(nowMs), sent, ladders)
  return {
    remindNow: remindNow.map(({ deadline, rung }: Reminder) => ({ rule: deadline.rule, dueOn: deadline.dueOn, rung })),
    waitMs: nextOn === null ? null : Math.max(0, reminderMoment(nextOn) - nowMs),
  }
}

// The plan looks at rule and date alone; where the rule stands is in the deadline's row.
const asDeadline = (watched: WatchedDate): Deadline => ({
  ...watched,
  article: '',
  source: '',
  certainty: 'RECALLED',
  office: { role: 'SECRETARY', at: 'OWN' },
})
