import type { Deadline, Rung } from '@linghang/rulebook'

export type SubjectType = 'MEMBER' | 'ORGANISATION'

/** What a workflow keeps of a deadline: enough to know when to remind, nothing of the record behind it. */
export type WatchedDeadline = Pick<Deadline, 'rule' | 'dueOn' | 'nature'>

/** What a workflow watches. Ids and dates of law alone: no name, no number. */
export type Watch = {
  subjectId: string
  subjectType: SubjectType
  countyId: string
  /** Of the register's record; an older change that comes late is left out. */
  version: number
  /** Empty once there is nothing to wait for: the person has left, or is a full member. */
  deadlines: WatchedDeadline[]
}

/** One reminder to be sent, by the day on which its rung was climbed. */
export type DueReminder = { countyId: string; subjectId: string; rule: Deadline['rule']; dueOn: string; rung: Rung }

export const taskQueue = 'deadlines'

/** One workflow a subject, for as long as it has deadlines. */
export const workflowIdOf = (watch: Pick<Watch, 'subjectType' | 'subjectId'>): string =>
  `deadlines/${watch.subjectType.toLowerCase()}/${watch.subjectId}`
