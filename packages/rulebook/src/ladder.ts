import { addDays, addMonths, type IsoDate } from './calendar.ts'
import type { DeadlineRule } from './deadline.ts'

/** The steps of the reminder ladder in the order in which time climbs them. */
export const rungs = [
  'YEAR_AHEAD',
  'HALF_YEAR_AHEAD',
  'QUARTER_AHEAD',
  'MONTH_AHEAD',
  'WEEK_AHEAD',
  'REACHED',
  'OVERDUE',
] as const
export type Rung = (typeof rungs)[number]

/** The rungs of one rule, in the order of `rungs`. */
export type Ladder = readonly Rung[]

/** Which ladder each rule has. A county may have others; these are the defaults. */
export type LadderPolicy = Readonly<Record<DeadlineRule, Ladder>>

const monthsAhead: Partial<Record<Rung, number>> = {
  YEAR_AHEAD: 12,
  HALF_YEAR_AHEAD: 6,
  QUARTER_AHEAD: 3,
  MONTH_AHEAD: 1,
}

/**
 * The ladders of a development case and of its approvals, where a county has no others; an overdue date comes back
 * every week (`ladder-weeks.ts`). Each begins with a rung that is shorter than the rule's own period, and no earlier
 * than something can be done about it: an expected answer a month ahead, what has a month or less a week ahead.
 */
export const caseLadders: LadderPolicy = {
  APPLICANT_TALK: ['MONTH_AHEAD', 'WEEK_AHEAD', 'OVERDUE'],
  HALF_YEARLY_REVIEW: ['MONTH_AHEAD', 'WEEK_AHEAD', 'OVERDUE'],
  THOUGHT_REPORT: ['WEEK_AHEAD', 'OVERDUE'],
  ACTIVIST_ONE_YEAR: ['HALF_YEAR_AHEAD', 'QUARTER_AHEAD', 'MONTH_AHEAD', 'REACHED'],
  NOTICE_ENDS: ['REACHED'],
  POLITICAL_REVIEW_EXPIRES: ['QUARTER_AHEAD', 'MONTH_AHEAD', 'WEEK_AHEAD', 'OVERDUE'],
  ADMISSION_ASSEMBLY: ['WEEK_AHEAD', 'OVERDUE'],
  ADMISSION_APPROVAL: ['MONTH_AHEAD', 'WEEK_AHEAD', 'OVERDUE'],
  OATH: ['WEEK_AHEAD', 'OVERDUE'],
  PROBATION_REVIEW: ['MONTH_AHEAD', 'WEEK_AHEAD', 'OVERDUE'],
  PROBATION_ENDS: ['HALF_YEAR_AHEAD', 'QUARTER_AHEAD', 'MONTH_AHEAD', 'WEEK_AHEAD', 'OVERDUE'],
  CONVERSION_APPROVAL: ['MONTH_AHEAD', 'WEEK_AHEAD', 'OVERDUE'],
  APPROVAL_DUE: ['MONTH_AHEAD', 'WEEK_AHEAD', 'OVERDUE'],
  TERM_ENDS: ['YEAR_AHEAD', 'HALF_YEAR_AHEAD', 'QUARTER_AHEAD', 'MONTH_AHEAD', 'OVERDUE'],
  ELECTION_REQUEST: ['WEEK_AHEAD', 'OVERDUE'],
  ELECTION_REPLY: ['WEEK_AHEAD', 'OVERDUE'],
  ELECTION_RECOMMENDATION: ['WEEK_AHEAD', 'OVERDUE'],
  ELECTION_CANDIDATES: ['WEEK_AHEAD', 'OVERDUE'],
  ELECTION_CANDIDATES_REPLY: ['WEEK_AHEAD', 'OVERDUE'],
  ELECTION_ANNOUNCEMENT: ['WEEK_AHEAD', 'OVERDUE'],
  ELECTION_SUMMONS: ['WEEK_AHEAD', 'OVERDUE'],
  ELECTION_ASSEMBLY: ['WEEK_AHEAD', 'OVERDUE'],
  ELECTION_REPORT: ['WEEK_AHEAD', 'OVERDUE'],
  ELECTION_RESULT_REPLY: ['WEEK_AHEAD', 'OVERDUE'],
  THEME_DAY: ['OVERDUE'],
  // Once, ahead: a meeting that was not held by its planned day is late by its own rule, if by any.
  PLANNED_MEETING: ['WEEK_AHEAD'],
  REMARK_LEFT: ['REACHED'],
  REMARK_ANSWER: ['WEEK_AHEAD', 'OVERDUE'],
  CRITICISM_MEASURE: ['OVERDUE'],
  DUES_FIXING: ['MONTH_AHEAD', 'WEEK_AHEAD', 'OVERDUE'],
  DUES_SUMMARY: ['WEEK_AHEAD', 'OVERDUE'],
  DUES_PUBLICATION: ['MONTH_AHEAD', 'WEEK_AHEAD', 'OVERDUE'],
  DUES_REPORT: ['MONTH_AHEAD', 'WEEK_AHEAD', 'OVERDUE'],
  DUES_TALK: ['REACHED'],
  DUES_WARNING: ['REACHED'],
  DUES_MATTER: ['REACHED'],
  DUES_SPENDING_DECISION: ['WEEK_AHEAD', 'OVERDUE'],
  DUES_SPENDING_BOOKING: ['MONTH_AHEAD', 'WEEK_AHEAD', 'OVERDUE'],
  DUES_SPENDING_BASIS: ['REACHED'],
  // A week at most, so that a rung ahead would fall on the day of the appeal itself.
  APPEAL_HEARING: ['REACHED', 'OVERDUE'],
  APPEAL_ANSWER: ['WEEK_AHEAD', 'OVERDUE'],
  LEDGER_REVIEWS: ['WEEK_AHEAD', 'OVERDUE'],
  LEDGER_REVIEW_PUBLISHED: ['REACHED'],
  BOARD_TALK: ['WEEK_AHEAD', 'OVERDUE'],
  NAMING_ANSWER: ['WEEK_AHEAD', 'OVERDUE'],
}

/**
 * The ladders of dates that were written down without one, before there were cases.
 * A ladder begins with the first rung that is shorter than the rule's own period, for a longer one would always be
 * missed. Two are shorter still: a review counts for its mark only in the month before it, so an earlier reminder could
 * not be followed; the talk's period is the month itself, so its only rung ahead falls on the day of the application.
 * What may be done from a day on (EARLIEST) is REACHED on that day and never OVERDUE.
 * Half a year ahead of a term's end is the superior's duty (支部工作条例).
 */
export const defaultLadders: LadderPolicy = {
  ...caseLadders,
  APPLICANT_TALK: ['MONTH_AHEAD', 'OVERDUE'],
  HALF_YEARLY_REVIEW: ['MONTH_AHEAD', 'OVERDUE'],
  ACTIVIST_ONE_YEAR: ['HALF_YEAR_AHEAD', 'QUARTER_AHEAD', 'MONTH_AHEAD', 'REACHED'],
  PROBATION_ENDS: ['HALF_YEAR_AHEAD', 'QUARTER_AHEAD', 'MONTH_AHEAD', 'OVERDUE'],
  TERM_ENDS: ['YEAR_AHEAD', 'HALF_YEAR_AHEAD', 'QUARTER_AHEAD', 'MONTH_AHEAD', 'OVERDUE'],
}

/** The day on which a rung is climbed. The due day itself is still in time: overdue begins the day after. */
export function rungDate(rung: Rung, dueOn: IsoDate): IsoDate {
  const months = monthsAhead[rung]
  if (months !== undefined) return addMonths(dueOn, -months)
  if (rung === 'WEEK_AHEAD') return addDays(dueOn, -7)
  return rung === 'REACHED' ? dueOn : addDays(dueOn, 1)
}

/** The last due day whose rung is climbed by today: `dueOn <= rungReach(rung, today)` when `rungDate(rung, dueOn) <= today`. */
export function rungReach(rung: Rung, today: IsoDate): IsoDate {
  const months = monthsAhead[rung]
  if (months === undefined)
    return rung === 'WEEK_AHEAD' ? addDays(today, 7) : addDays(today, rung === 'REACHED' ? 0 : -1)
  // Several days may have the end of one month as theirs: 28 to 31 March all lie a month behind 28 February.
  let reach = addMonths(today, months)
  while (rungDate(rung, addDays(reach, 1)) <= today) reach = addDays(reach, 1)
  return reach
}

/** The rung on which a date stands today: the last that was climbed; null before the first. */
export const currentRung = (dueOn: IsoDate, today: IsoDate, ladder: Ladder): Rung | null =>
  ladder.findLast(rung => rungDate(rung, dueOn) <= today) ?? null

/** The rung that comes next, and when; null behind the last. */
export function nextRung(dueOn: IsoDate, today: IsoDate, ladder: Ladder): { rung: Rung; on: IsoDate } | null {
  const rung = ladder.find(candidate => rungDate(candidate, dueOn) > today)
  return rung === undefined ? null : { rung, on: rungDate(rung, dueOn) }
}
