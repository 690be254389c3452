import type { Deadline, Ladder } from '@linghang/rulebook'

export type SubjectType =
  | 'MEMBER'
  | 'ORGANISATION'
  | 'APPROVAL'
  | 'SPENDING'
  | 'ELECTION'
  | 'APPEAL'
  | 'BOARD_TALK'
  | 'NAMING_REQUEST'

/** What is watched. `id` is the business key of its workflow; whom or what its dates are about may be something else. */
export type Watched = {
  id: string
  subjectId: string
  subjectType: SubjectType
  orgId: string
  version: number
  isOpen: boolean
  /** Its workflow begins its history anew where this changes. */
  stage?: string
  /** How often it was handed in; each time is reminded of anew. */
  round?: number
  /** Nothing of this day or before is reminded of. */
  announcedOn?: string | null
}

/** A date that is watched, with where it stands and whose matter it is. */
export type StatedDate = Omit<Deadline, 'office'> & { office: { role: string; orgId: string } }

/** A watch as its process says it is now. */
export type NewWatch = Watched & {
  kind: string
  comesBack: boolean
  dates: (StatedDate & { ladder: Ladder })[]
}
