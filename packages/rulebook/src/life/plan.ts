import { addDays, addMonths, type IsoDate, monthOf } from '../calendar.ts'
import type { Citation } from '../deadline.ts'
import { isWorkingDay, workingDayFrom } from '../working-days.ts'
import { type Frequency, frequenciesDue, type LifeBody, type RegularKind, regularKinds } from './frequencies.ts'
import { type Period, periodOf, periodsWithin } from './periods.ts'
import {
  developmentTopics,
  electionTopics,
  type PlanMatter,
  type PlannedTopic,
  type PlanTheme,
  regularTopics,
  themeTopics,
  type Wanted,
} from './plan-topics.ts'

/** A meeting that a plan has: when, in what time it would still be in time, why, and what is on its agenda. */
export type PlannedMeeting = {
  kind: RegularKind
  on: IsoDate
  /** Held within it, it is held in time. */
  window: Period
  /** True for what comes back by the regulation; false for one more that a date of a case or a term asks for. */
  regular: boolean
  citation: Citation
  topics: PlannedTopic[]
}

/** What a plan is made from. */
export type PlanFacts = {
  organisationKind: string
  body: LifeBody
  period: Period
  /** On which day of the month the theme day is held; 1 to 28. */
  themeDay: number
  themes: readonly PlanTheme[]
  matters: readonly PlanMatter[]
  termEnd: IsoDate | null
  /** Nothing is planned for days that are past. */
  today: IsoDate
}

/** The last working day on or before a day. */
function workingDayBy(day: IsoDate): IsoDate {
  let on = day
  while (!isWorkingDay(on)) on = addDays(on, -1)
  return on
}

/** A day of the month that offices work on: the day itself, the next one within the month, else the one before. */
function dayIn(month: IsoDate, day: number): IsoDate {
  const wanted = addDays(monthOf(month), day - 1)
  const on = workingDayFrom(wanted)
  return monthOf(on) === monthOf(month) ? on : workingDayBy(wanted)
}

/** How long before the theme day the committee studies it and the groups meet, in days (practice). */
const daysBefore: Partial<Record<RegularKind, number>> = { BRANCH_COMMITTEE: 7, COMMITTEE: 7, GROUP_MEETING: 4 }

/** In which month of its time a meeting is planned, from 0: assemblies in the middle, what closes a year in December. */
const monthWithin: Partial<Record<RegularKind, number>> = {
  BRANCH_ASSEMBLY: 1,
  CRITICISM_MEETING: 11,
  APPRAISAL_MEETING: 11,
}

function dayOf(kind: RegularKind, period: Period, themeDay: number): IsoDate {
  const month = addMonths(period.from, monthWithin[kind] ?? 0)
  const theme = dayIn(month, themeDay)
  const before = daysBefore[kind]
  if (before === undefined) return theme
  const on = workingDayBy(addDays(theme, -before))
  // A theme day early in the month leaves no week before it.
  return monthOf(on) === monthOf(theme) ? on : workingDayFrom(monthOf(theme))
}

/** 组织生活会一般在第四季度 (art. 17): its window is the quarter, though it comes once a year. */
const windowOf = ({ kind, every }: Frequency, on: IsoDate): Period =>
  kind === 'CRITICISM_MEETING' ? periodOf('QUARTER', on) : periodOf(every, on)

const sortsBefore = (one: PlannedMeeting, other: PlannedMeeting): number =>
  one.on === other.on ? regularKinds.indexOf(one.kind) - regularKinds.indexOf(other.kind) : one.on < other.on ? -1 : 1

function regularMeetings({ organisationKind, body, period, themeDay, themes, today }: PlanFacts): PlannedMeeting[] {
  return frequenciesDue(organisationKind, body).flatMap(frequency =>
    periodsWithin(frequency.every, widened(frequency, period)).flatMap(one => {
      const { kind, citation } = frequency
      const planned = dayOf(kind, one, themeDay)
      const on = planned >= today ? planned : workingDayFrom(today)
      const window = windowOf(frequency, planned)
      const fits = on <= window.until && period.from <= on && on <= period.until
      const topics = [...regularTopics(kind, on, body.hasCommittee), ...themeTopics(kind, on, themes)]
      return fits ? [{ kind, on, window, regular: true, citation, topics }] : []
    }),
  )
}

/** A month's plan has the quarter's assembly where that falls into the month: longer times are looked at whole. */
const widened = ({ every }: Frequency, { from, until }: Period): Period => ({
  from: periodOf(every, from).from,
  until,
})

/** Longer than this after a day from which on something can be decided nobody is left waiting for the next meeting. */
const waitDays = 31

/** The meeting of a plan that takes an item, if one does in time. */
function taker(
  meetings: readonly PlannedMeeting[],
  { kinds, nature, dueOn, notBefore }: Wanted,
): PlannedMeeting | undefined {
  for (const kind of kinds) {
    const all = meetings.filter(meeting => meeting.kind === kind)
    const found =
      nature === 'LATEST'
        ? all.findLast(({ on }) => on <= dueOn && (notBefore === null || on >= notBefore))
        : all.find(({ on }) => on >= dueOn && on <= addDays(dueOn, waitDays))
    if (found) return found
  }
  return undefined
}

/** One more meeting for an item that none of the plan takes in time; none where its day lies outside of the plan. */
function extra(item: Wanted, { period, body, today }: PlanFacts): PlannedMeeting | undefined {
  const kind = item.kinds.find(one => one !== 'BRANCH_COMMITTEE' || body.hasCommittee)
  const wanted = item.nature === 'LATEST' ? workingDayBy(item.dueOn) : workingDayFrom(item.dueOn)
  // What is late already is decided on the next working day: nothing is gained by leaving it out.
  const on = wanted >= today ? wanted : workingDayFrom(today)
  if (kind === undefined || on < period.from || on > period.until) return undefined
  const window =
    item.nature === 'LATEST'
      ? { from: monthOf(on), until: on > item.dueOn ? on : item.dueOn }
      : { from: item.dueOn, until: addDays(item.dueOn, waitDays) }
  return { kind, on, window, regular: false, citation: item.citation, topics: [] }
}

/** Bounds of a plan: what is over them is left to the branch. */
export const planLimits = { meetings: 150, topics: 60 }

const topicOf = ({ text, why, memberId, dueOn, citation }: Wanted): PlannedTopic => ({
  ...{ text, why, memberId, dueOn, citation },
})

/**
 * A plan of organisational life (组织生活方案): what comes back by the regulation on days that offices work, what the superior
 * has asked for, and what development, dues and the end of the term need to have decided by when. Pure.
 * @returns the meetings in the order of their days, 150 at most
 */
export function makePlan(facts: PlanFacts): PlannedMeeting[] {
  const { organisationKind, matters, termEnd, body } = facts
  const meetings = regularMeetings(facts).toSorted(sortsBefore)
  const holdsAssemblies = frequenciesDue(organisationKind, body).some(({ kind }) => kind === 'BRANCH_ASSEMBLY')
  const items = holdsAssemblies ? [...developmentTopics(matters), ...electionTopics(termEnd)] : []
  for (const item of items
    .filter(({ dueOn }) => dueOn <= facts.period.until)
    .toSorted((one, other) => (one.dueOn < other.dueOn ? -1 : 1))) {
    let meeting = taker(meetings, item)
    if (!meeting) {
      meeting = extra(item, facts)
      if (!meeting) continue
      meetings.push(meeting)
      meetings.sort(sortsBefore)
    }
    if (meeting.topics.length < planLimits.topics) meeting.topics.push(topicOf(item))
  }
  return meetings.slice(0, planLimits.meetings)
}
