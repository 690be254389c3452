import type { Deadline, DeadlineRule, DuePoint, Ladder } from '@linghang/rulebook'

/** What a workflow keeps of a date: enough to know when to remind, nothing of the record behind it. */
export type WatchedDate = Pick<Deadline, 'rule' | 'dueOn' | 'nature'>

/** The rungs by which each rule reminds; of the rules of this watch alone. */
export type WatchedLadders = Partial<Record<DeadlineRule, Ladder>>

/** What a workflow watches. Ids and dates of law alone: no name, no number. */
export type Watch = {
  /** Of the case, the approval, the organisation: the workflow's business key. */
  id: string
  /** Whom or what its reminders are about: the person of a case, the approval or the organisation itself. */
  subjectId: string
  countyId: string
  /** Of the record; an older change that comes late is left out. */
  version: number
  state: 'OPEN' | 'ENDED'
  /** A workflow begins its history anew where this changes. */
  stage: string
  /** How often it was handed in; each time is reminded of anew. */
  round: number
  /** Nothing of this day or before is reminded of: it was said when the thing was handed in. */
  announcedOn: string | null
  /** Minutes after midnight, Asia/Shanghai, from which a day counts for reminders. */
  opensAtMinute: number
  /** Reminders are written within this many minutes before offices open. */
  aheadMinutes?: number
  deadlines: WatchedDate[]
  ladders: WatchedLadders
  /** Whether what is overdue comes back every week; it is said once otherwise. */
  comesBack: boolean
}

/** One reminder to be sent; the first week, the first round and nine in the morning unless told otherwise. */
export type DueReminder = Pick<DuePoint, 'rule' | 'dueOn' | 'rung'> & {
  countyId: string
  subjectId: string
  week?: number
  round?: number
  opensAtMinute?: number
}
