import type { DeadlineRule } from '@linghang/rulebook'
import ical from 'ical-generator'

/** An address that shows what falls due at an organisation and below, for whoever knows its secret. */
export type Feed = {
  id: string
  countyId: string
  orgId: string
  accountId: string
  createdAt: Date
  revokedAt: Date | null
}

/** What falls due of one rule on one day: how many, and what leads to them. Never a name. */
export type FeedEntry = {
  rule: DeadlineRule
  dueOn: string
  nature: 'LATEST' | 'EARLIEST'
  article: string
  source: string
  count: number
  /** The first of their ids, to be looked up by whoever signs in. */
  deadlineIds: string[]
  /** When the newest of them was written: the entry is as old as that. */
  changedAt: Date
}

/** Entries in one calendar at most, the nearest first: programs that show calendars choke on more. */
export const entriesAtMost = 2_000
/** Ids named in one entry. */
export const idsAtMost = 20

/** What the dates of each rule are called; whoever brings a rule brings its title. */
export type Titles = Partial<Record<DeadlineRule, string>>

const hourSeconds = 3_600

/** The calendar as text (RFC 5545): a whole day for each rule and day. The same entries are the same text at any time. */
export function renderFeed(feed: Pick<Feed, 'id'>, entries: readonly FeedEntry[], titles: Titles): string {
  const calendar = ical({ name: '领航：到期事项', prodId: '//linghang//deadlines//ZH', ttl: hourSeconds })
  for (const { rule, dueOn, nature, article, source, count, deadlineIds, changedAt } of entries.slice(
    0,
    entriesAtMost,
  )) {
    const more = count > deadlineIds.length ? [`… 共 ${count} 项`] : []
    calendar.createEvent({
      id: `${feed.id}/${rule}/${dueOn}`,
      stamp: changedAt,
      start: new Date(`${dueOn}T00:00:00Z`),
      allDay: true,
      // All-day values are written by their UTC date: the day of the law, whatever zone the server runs in.
      timezone: 'UTC',
      summary: `${titles[rule] ?? rule}${nature === 'EARLIEST' ? '（可办理）' : ''} ${count} 项`,
      description: [`${article} ${source}`.trim(), ...deadlineIds, ...more].join('\n'),
    })
  }
  return calendar.toString()
}
