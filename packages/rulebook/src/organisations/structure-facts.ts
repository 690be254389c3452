import type { IsoDate } from '../calendar.ts'
import { inBranches } from '../citations.ts'
import type { Citation } from '../deadline.ts'
import type { CommitteePost } from './committee.ts'

/** What may be found wrong with how an organisation is set up (组织设置问题). */
export const structureFindingKinds = [
  'TOO_FEW_MEMBERS',
  'TOO_MANY_MEMBERS',
  'NO_COMMITTEE',
  'COMMITTEE_TOO_SMALL',
  'COMMITTEE_TOO_LARGE',
  'TERM_OVER',
  'SECRETARY_VACANT',
  'SECRETARY_STANDING_SHORT',
  'SEAT_OF_SOMEBODY_ELSEWHERE',
  'GROUP_WITHOUT_FULL_MEMBERS',
  'PEOPLE_IN_NO_BRANCH',
  'KEPT_FROM_ABOVE',
  'TEMPORARY_OVER',
  'JOINT_BRANCH_TOO_WIDE',
] as const
export type StructureFindingKind = (typeof structureFindingKinds)[number]

/** An organisation as far as the check looks at it, on one day. */
export type StructureFacts = {
  kind: string
  /** Dissolved or merged. */
  ended: boolean
  /** Full members and probationary ones of this very organisation. */
  members: number
  fullMembers: number
  /** Everybody of the register who belongs to this very organisation, applicants too. */
  people: number
  termEnd: IsoDate | null
  /** Who sits in the committee, first secretaries among them. */
  seats: readonly { post: CommitteePost; memberId: string; fullMemberSince: IsoDate | null }[]
  /** Seats that were elected or co-opted here and whose holders are registered neither here nor below any more. */
  seatsOfOthers: number
  /** When the last secretary's seat ended; null where none has been recorded. */
  secretaryLeftOn: IsoDate | null
  /** Whether a roster names a secretary. */
  secretaryNamed: boolean
  /** Of the party groups that have no full member. */
  groupsWithoutFullMembers: readonly string[]
  /** The last day of a temporary branch; null for all others. */
  endsOn: IsoDate | null
  /** How many units a joint branch covers; null where nobody has recorded it, and for all others. */
  coveredUnits: number | null
  /** Since when nobody holds an office here that keeps its affairs; null where somebody does, or nobody ever did. */
  keeperLeftOn: IsoDate | null
}

export type StructureFinding = {
  kind: StructureFindingKind
  /** What was found and what is wanted: numbers, days, names of groups. */
  found: string
  wanted: string
  /** Since when; null where that is not known. */
  since: IsoDate | null
  citation: Citation
  /** What to do. */
  advice: { zh: string; en: string }
}

/** A branch has three full members at least, and fifty members as a rule (支部工作条例 2018, art. 4). */
export const branchMembers = { fewest: 3, most: 50, citation: inBranches('第四条') } as const
/** A joint branch covers five units as a rule (art. 5). */
export const jointBranchUnits = { most: 5, citation: inBranches('第五条') } as const
/** A secretary has been a full member for a year as a rule (art. 22). */
export const secretaryStanding = { months: 12, citation: inBranches('第二十二条') } as const
