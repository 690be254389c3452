import { addDays, type IsoDate } from './calendar.ts'
import type { Deadline, DeadlineRule } from './deadline.ts'
import { currentRung, type Ladder, type LadderPolicy, nextRung, type Rung, rungDate } from './ladder.ts'

/**
 * How often an overdue date comes back after its first reminder, a week apart: for a year. Whom that has not moved is
 * not moved by one more; the date stays on the list of what is overdue.
 */
export const overdueRepetitionsAtMost = 52

const dayMs = 86_400_000
const daysBetween = (from: IsoDate, to: IsoDate): number => Math.round((Date.parse(to) - Date.parse(from)) / dayMs)

/** Where a date stands on a ladder whose last rung is repeated. `week`: 0, and for OVERDUE 1 to 52 when repeated. */
export type LadderPoint = { rung: Rung; week: number; on: IsoDate }

const overdueAt = (dueOn: IsoDate, week: number): LadderPoint => ({
  rung: 'OVERDUE',
  week,
  on: addDays(rungDate('OVERDUE', dueOn), 7 * week),
})

/** The last point that was reached; null before the first. */
export function currentPoint(
  dueOn: IsoDate,
  today: IsoDate,
  ladder: Ladder,
  repetitionsAtMost = overdueRepetitionsAtMost,
): LadderPoint | null {
  const rung = currentRung(dueOn, today, ladder)
  if (rung === null) return null
  if (rung !== 'OVERDUE') return { rung, week: 0, on: rungDate(rung, dueOn) }
  const weeks = Math.floor(daysBetween(rungDate(rung, dueOn), today) / 7)
  return overdueAt(dueOn, Math.min(weeks, repetitionsAtMost))
}

/** The point that comes next; null behind the last. */
export function nextPoint(
  dueOn: IsoDate,
  today: IsoDate,
  ladder: Ladder,
  repetitionsAtMost = overdueRepetitionsAtMost,
): LadderPoint | null {
  const next = nextRung(dueOn, today, ladder)
  if (next) return { ...next, week: 0 }
  const current = currentPoint(dueOn, today, ladder, repetitionsAtMost)
  if (current?.rung !== 'OVERDUE' || current.week === repetitionsAtMost) return null
  return overdueAt(dueOn, current.week + 1)
}

/** The ladder of one date: what may be done from a day on is never overdue, whatever a county's ladder says. */
export function ladderOf({ rule, nature }: Pick<Deadline, 'rule' | 'nature'>, ladders: Partial<LadderPolicy>): Ladder {
  const ladder = ladders[rule] ?? []
  return nature === 'EARLIEST' ? ladder.filter(rung => rung !== 'OVERDUE') : ladder
}

type Watched = Pick<Deadline, 'rule' | 'dueOn' | 'nature'>

/** What tells one date of a subject from its others. A date that moves is another one. */
export const dateKey = ({ rule, dueOn }: Pick<Deadline, 'rule' | 'dueOn'>): string => `${rule}/${dueOn}`

/** For each date of a subject (`dateKey`) the day of the last point of which it was reminded. */
export type RemindedUpTo = Readonly<Record<string, IsoDate>>

export type DuePoint = LadderPoint & { rule: DeadlineRule; dueOn: IsoDate }

/**
 * What to remind of today and the day on which to look again (null: never). Of a date that is inside its ladder already
 * only the current point is reminded of, once; those missed are not made up for. Pure.
 * @param repetitionsAtMost how many weeks what is overdue comes back
 */
export function planByWeeks(
  deadlines: readonly Watched[],
  today: IsoDate,
  remindedUpTo: RemindedUpTo,
  ladders: Partial<LadderPolicy>,
  repetitionsAtMost = overdueRepetitionsAtMost,
): { remindNow: DuePoint[]; nextOn: IsoDate | null } {
  const remindNow: DuePoint[] = []
  let nextOn: IsoDate | null = null
  for (const deadline of deadlines) {
    const { rule, dueOn } = deadline
    const ladder = ladderOf(deadline, ladders)
    const current = currentPoint(dueOn, today, ladder, repetitionsAtMost)
    if (current && current.on > (remindedUpTo[dateKey(deadline)] ?? '')) remindNow.push({ ...current, rule, dueOn })
    const next = nextPoint(dueOn, today, ladder, repetitionsAtMost)
    if (next && (nextOn === null || next.on < nextOn)) nextOn = next.on
  }
  return { remindNow, nextOn }
}
