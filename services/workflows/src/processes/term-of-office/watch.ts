import type { WatchedDate } from '../../time/plan/timed-watch.ts'

/** What a workflow of terms watches. Ids and dates of law alone: no name, no number. */
export type Watch = {
  subjectId: string
  subjectType: 'MEMBER' | 'ORGANISATION'
  countyId: string
  /** Of the register's record; an older change that comes late is left out. */
  version: number
  /** Empty once there is nothing to wait for. */
  deadlines: WatchedDate[]
}

/** One workflow a subject, for as long as it has deadlines. */
export const workflowIdOf = (watch: Pick<Watch, 'subjectType' | 'subjectId'>): string =>
  `deadlines/${watch.subjectType.toLowerCase()}/${watch.subjectId}`
