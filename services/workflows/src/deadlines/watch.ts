import type { Deadline } from '@linghang/rulebook'

export type SubjectType = 'MEMBER' | 'ORGANISATION' | 'APPROVAL'

/** What a workflow keeps of a deadline: enough to know when to remind, nothing of the record behind it. */
export type WatchedDeadline = Pick<Deadline, 'rule' | 'dueOn' | 'nature'>

/** What a workflow of terms watches. Ids and dates of law alone: no name, no number. */
export type Watch = {
  subjectId: string
  subjectType: 'MEMBER' | 'ORGANISATION'
  countyId: string
  /** Of the register's record; an older change that comes late is left out. */
  version: number
  /** Empty once there is nothing to wait for. */
  deadlines: WatchedDeadline[]
}

/** One workflow a subject, for as long as it has deadlines. */
export const workflowIdOf = (watch: Pick<Watch, 'subjectType' | 'subjectId'>): string =>
  `deadlines/${watch.subjectType.toLowerCase()}/${watch.subjectId}`
