import type { Deadline, Ladder } from '@linghang/rulebook'

export type SubjectType = 'MEMBER' | 'ORGANISATION' | 'APPROVAL'

/** What is watched: `type` fixes which workflow keeps its time, `id` is that workflow's business key. */
export type WatchType = 'MEMBER' | 'ORGANISATION' | 'CASE' | 'APPROVAL'

export type SubjectDeadline = Omit<Deadline, 'office'> & {
  office: { role: string; orgId: string }
  ladder: Ladder | null
}

/** A subject with all that is due of it now. What is left out is that of terms. */
export type Subject = {
  id: string
  subjectId: string
  subjectType: SubjectType
  orgId: string
  type: WatchType
  version: number
  deadlines: SubjectDeadline[]
  state?: 'OPEN' | 'ENDED'
  stage?: string
  round?: number
  announcedOn?: string | null
}
