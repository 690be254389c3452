import type { EventData, EventType } from '@linghang/events'
import type { Fact, FactSource } from '../fact.ts'

/** A fact as its source tells it: its organisation is the one that the source names. */
export type ToldFact = Omit<Fact, 'source'>

/** What one version of a record says, whole: it takes the place of whatever an older one said. */
export type Telling = {
  /**
   * Whose versions they are, beside the record's id: two kinds of events may tell of one record in versions of their own
   * (a meeting's outcome, and who came to it).
   */
  toldAs: string
  source: FactSource
  /** Whose record it is. */
  orgId: string
  facts: ToldFact[]
}

/** What else is told with the data: the calendar date in Asia/Shanghai on which it was. */
export type Told = { on: string }

export type Tellers = { [T in EventType]?: (data: EventData<T>, told: Told) => Telling }

/** Something that has happened once. */
export const once = 100
