import { type Deadline, type LadderPolicy, plan, type Reminder, type Rung, rungDate } from '@linghang/rulebook'
import type { WatchedDeadline } from './watch.ts'

const hourMs = 3_600_000
/** Offices open at nine in Asia/Shanghai (no daylight saving since 1991): one hour after midnight, UTC. */
const remindersAtHourUtc = 1

/** The day that counts for reminders: until nine in the morning it is still the day before. */
export const reminderDay = (nowMs: number): string =>
  new Date(nowMs - remindersAtHourUtc * hourMs).toISOString().slice(0, 10)

/** The moment at which a day begins to count. */
export const reminderMoment = (day: string): number => Date.parse(`${day}T00:00:00Z`) + remindersAtHourUtc * hourMs

/** Whether a reminder goes out after the day of its rung: an operator is to know. */
export const isLate = (reminder: { dueOn: string; rung: Rung }, nowMs: number): boolean =>
  rungDate(reminder.rung, reminder.dueOn) < reminderDay(nowMs)

/**
 * What to remind of now, and in how many milliseconds to look again (null: not before something changes).
 * @param sent keys of the reminders this workflow has sent
 */
export function nextSteps(
  deadlines: readonly WatchedDeadline[],
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
const asDeadline = (watched: WatchedDeadline): Deadline => ({
  ...watched,
  article: '',
  source: '',
  certainty: 'RECALLED',
  office: { role: 'SECRETARY', at: 'OWN' },
})
