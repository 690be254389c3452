import {
  addDays,
  type DuePoint,
  dateKey,
  overdueRepetitionsAtMost,
  planByWeeks,
  type RemindedUpTo,
  rungDate,
} from '@linghang/rulebook'
import { reminderDay, reminderMoment } from '../calendar/office-hours.ts'
import type { DueReminder, Watch } from './watch.ts'

const minuteMs = 60_000

type Sendable = Pick<DueReminder, 'rung' | 'dueOn' | 'week' | 'opensAtMinute'>

const dayOf = ({ rung, dueOn, week }: Sendable): string => addDays(rungDate(rung, dueOn), 7 * (week ?? 0))

/**
 * Whether a reminder goes out after the day on which it could: an operator is to know. Of a date that became known after
 * its day, with a roster of terms long past, nobody could remind before.
 * @param knownMs when the date became known here
 */
export function isLate(due: Sendable, nowMs: number, knownMs: number): boolean {
  const today = reminderDay(nowMs, due.opensAtMinute)
  return dayOf(due) < today && reminderDay(knownMs, due.opensAtMinute) < today
}

/** From when a reminder is in the inbox: when offices open on its day, at once after that. */
export const shownFromMs = (due: Sendable, nowMs: number): number =>
  Math.max(nowMs, reminderMoment(dayOf(due), due.opensAtMinute))

/**
 * How long after it could have been in the inbox a reminder is: from when offices opened on its day, or from when its date
 * became known where that was later. 0 for one that is written ahead.
 */
export const delaySeconds = (due: Sendable, nowMs: number, knownMs: number): number =>
  Math.max(0, nowMs - Math.max(reminderMoment(dayOf(due), due.opensAtMinute), knownMs)) / 1_000

/**
 * How long before offices open a watch writes its reminders. Thousands that are due on one morning would otherwise wake
 * at one moment and take minutes; spread by their ids they are all there when offices open. The last tenth of the time is
 * left to those that take longer.
 */
export const aheadMs = ({ id, aheadMinutes = 0 }: Pick<Watch, 'id' | 'aheadMinutes'>): number =>
  Math.ceil((0.1 + 0.9 * (Number.parseInt(id.slice(-8), 16) / 2 ** 32)) * aheadMinutes * minuteMs)

/**
 * What is reminded of now, and in how many milliseconds to look again (null: not before something
 * changes). Pure.
 * @param remindedUpTo what this workflow has reminded of so far
 */
export function nextReminders(
  watch: Watch,
  nowMs: number,
  remindedUpTo: RemindedUpTo,
): { remindNow: DuePoint[]; waitMs: number | null } {
  const { deadlines, ladders, comesBack, opensAtMinute } = watch
  const upTo = sinceAnnounced(watch, remindedUpTo)
  const preparedMs = nowMs + aheadMs(watch)
  const today = reminderDay(preparedMs, opensAtMinute)
  const repetitions = comesBack ? overdueRepetitionsAtMost : 0
  const { remindNow, nextOn } = planByWeeks(deadlines, today, upTo, ladders, repetitions)
  return { remindNow, waitMs: nextOn === null ? null : Math.max(0, reminderMoment(nextOn, opensAtMinute) - preparedMs) }
}

/**
 * The moment of the first reminder of a watch of which nothing was reminded yet: `nowMs` where it is due; null while
 * nothing is. Pure.
 */
export function firstReminderMs(watch: Watch, nowMs: number): number | null {
  const { remindNow, waitMs } = nextReminders(watch, nowMs, {})
  if (remindNow.length > 0) return nowMs
  return waitMs === null ? null : nowMs + waitMs
}

/**
 * What is watched after news of it, and what is known to have been reminded of; null for news that is older than what is
 * known. Pure.
 */
export function afterNews(
  watch: Watch,
  remindedUpTo: RemindedUpTo,
  next: Watch,
): { watch: Watch; remindedUpTo: RemindedUpTo } | null {
  if (next.version <= watch.version) return null
  // Handed in again: what was reminded of the last time counts no more.
  return { watch: next, remindedUpTo: next.round > watch.round ? {} : keepOfUse(remindedUpTo, next) }
}

const sinceAnnounced = ({ announcedOn, deadlines }: Watch, remindedUpTo: RemindedUpTo): RemindedUpTo => {
  if (announcedOn === null) return remindedUpTo
  const later = (key: string) => ((remindedUpTo[key] ?? '') > announcedOn ? (remindedUpTo[key] as string) : announcedOn)
  return Object.fromEntries(deadlines.map(dateKey).map(key => [key, later(key)]))
}

/** What is still of use of `remindedUpTo`: dates that are no longer watched are forgotten, so that it stays small. */
export const keepOfUse = (remindedUpTo: RemindedUpTo, { deadlines }: Pick<Watch, 'deadlines'>): RemindedUpTo =>
  Object.fromEntries(
    deadlines.map(dateKey).flatMap(key => (remindedUpTo[key] === undefined ? [] : [[key, remindedUpTo[key]] as const])),
  )
