import {
  type Certainty,
  compareHeld,
  type Every,
  type HeldMeeting,
  type PlannedMeeting,
  type RegularKind,
  type TopicReason,
} from '@linghang/rulebook'

export type Plan = {
  id: string
  orgId: string
  every: Every
  fromDay: string
  untilDay: string
  /** FILED with an approval: it waits for the superior's answer. */
  state: 'DRAFT' | 'FILED' | 'APPROVED'
  /** On which day of the month it has the theme days. */
  themeDay: number
  revision: number
  madeAt: Date
  filedAt: Date | null
  /** What the superior was asked last, whatever it said; null where the county does not want it asked. */
  approvalId: string | null
}

export type Topic = {
  text: string
  why: TopicReason | 'OWN'
  memberId: string | null
  dueOn: string | null
  article: string
  source: string
  certainty: Certainty
  /** What the branch wants said about it; null where nothing is written yet. */
  discussion: string | null
}

export type Entry = {
  id: string
  planId: string
  kind: RegularKind
  onDay: string
  windowFrom: string
  windowUntil: string
  origin: 'REGULAR' | 'NEEDED' | 'OWN'
  article: string
  source: string
  certainty: Certainty
  topics: Topic[]
}

/**
 * What a plan is once the superior has answered: approved, or the branch's own again with what was said to be read in the
 * approval. Null where it does not wait for that answer. Pure.
 */
export function answered(plan: Plan, approvalId: string, outcome: 'APPROVED' | 'REFUSED' | 'RETURNED'): Plan | null {
  if (plan.state !== 'FILED' || plan.approvalId !== approvalId) return null
  return outcome === 'APPROVED' ? { ...plan, state: 'APPROVED' } : { ...plan, state: 'DRAFT', filedAt: null }
}

/** Whether the superior has been asked of it and has not answered. */
export const waits = (plan: Plan): plan is Plan & { approvalId: string } =>
  plan.state === 'FILED' && plan.approvalId !== null

export const planLimits = { entries: 200, topics: 60, topicCharacters: 500, discussionCharacters: 5_000 }

/** Where a branch has no day of its own and its county none: the middle of the month (practice). */
export const usualThemeDay = 15

const topicKey = ({ text, memberId, dueOn }: Topic): string => JSON.stringify([text, memberId, dueOn])
const entryKey = ({ kind, windowFrom, windowUntil, origin }: Entry): string =>
  JSON.stringify([kind, windowFrom, windowUntil, origin])

/** What the rulebook has planned, as it is kept. */
export const entryOf = (planned: PlannedMeeting, planId: string, id: string): Entry => ({
  ...{ id, planId, kind: planned.kind, onDay: planned.on, ...planned.citation },
  ...{ windowFrom: planned.window.from, windowUntil: planned.window.until },
  origin: planned.regular ? 'REGULAR' : 'NEEDED',
  topics: planned.topics.map(({ text, why, memberId, dueOn, citation }) => ({
    ...{ text, why, memberId, dueOn, ...citation, discussion: null },
  })),
})

/**
 * A plan made anew keeps what the branch has put into it: its own meetings and topics, the days that it chose where they are
 * still in time, and what it wrote. Pure.
 */
export function keepWritten(made: readonly Entry[], before: readonly Entry[], today: string): Entry[] {
  const old = new Map(before.map(entry => [entryKey(entry), entry]))
  const kept = made.map(entry => {
    const was = old.get(entryKey(entry))
    if (!was) return entry
    const written = new Map(was.topics.map(topic => [topicKey(topic), topic.discussion]))
    const topics = entry.topics.map(topic => ({ ...topic, discussion: written.get(topicKey(topic)) ?? null }))
    const own = was.topics.filter(({ why }) => why === 'OWN')
    const onDay = was.onDay >= today ? was.onDay : entry.onDay
    return { ...entry, id: was.id, onDay, topics: [...topics, ...own].slice(0, planLimits.topics) }
  })
  return [...kept, ...before.filter(({ origin }) => origin === 'OWN')].slice(0, planLimits.entries)
}

export const progresses = ['HELD', 'TO_COME', 'DUE', 'MISSED'] as const
export type Progress = { state: (typeof progresses)[number]; meetingId: string | null }

/**
 * What has become of each meeting of a plan. DUE: its day is past and its time is not over; MISSED: that too. Pure.
 * @param held meetings of the organisation within the plan's times
 */
export function progressOf(
  entries: readonly Entry[],
  held: readonly HeldMeeting[],
  today: string,
): Map<string, Progress> {
  const expected = entries.map(({ kind, windowFrom: from, windowUntil: until }) => ({ kind, window: { from, until } }))
  const found = compareHeld(expected, held)
  return new Map(
    entries.map(({ id, onDay, windowUntil }, i) => {
      const meetingId = found[i] ?? null
      const open = windowUntil < today ? 'MISSED' : onDay < today ? 'DUE' : 'TO_COME'
      return [id, { state: meetingId === null ? open : 'HELD', meetingId }]
    }),
  )
}

const lengths: Readonly<Record<Every, number>> = { MONTH: 1, QUARTER: 3, YEAR: 12 }

/** Where a shorter plan of the same organisation has a day, the longer one leaves it to it: nothing stands in a calendar twice. */
const isLeftToShorter = (onDay: string, plan: Plan, others: readonly Plan[]): boolean =>
  others.some(
    other =>
      other.orgId === plan.orgId &&
      lengths[other.every] < lengths[plan.every] &&
      other.fromDay <= onDay &&
      onDay <= other.untilDay,
  )

/** The days on which a plan still has meetings to come, each once, with why. Pure. */
export function daysToCome(
  plan: Plan,
  others: readonly Plan[],
  entries: readonly Entry[],
  held: readonly HeldMeeting[],
  today: string,
): { dueOn: string; article: string; source: string; certainty: Certainty }[] {
  const progress = progressOf(entries, held, today)
  const toCome = entries.filter(
    ({ id, onDay }) => onDay >= today && progress.get(id)?.state !== 'HELD' && !isLeftToShorter(onDay, plan, others),
  )
  const days = toCome.map(
    ({ onDay, article, source, certainty }) => [onDay, { dueOn: onDay, article, source, certainty }] as const,
  )
  // The first of a day says why.
  return [...new Map(days.toReversed()).values()].toSorted((one, other) => (one.dueOn < other.dueOn ? -1 : 1))
}
