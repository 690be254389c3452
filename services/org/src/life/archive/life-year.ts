import type { CriticismMeasure } from '../criticism/criticism.ts'
import type { Ledger } from '../ledgers/ledger.ts'
import type { Meeting, MeetingVersion } from '../meetings/meeting.ts'
import type { Plan } from '../plans/plan.ts'
import type { EntryNow } from '../plans/read-plans.ts'
import type { RemarkWithAnswers } from '../remarks/read-remarks.ts'
import { fail } from './errors.ts'

/** A closed meeting with what stands beside it. */
export type ArchivedMeeting = {
  meeting: Meeting
  /** The newest first. */
  versions: MeetingVersion[]
  measures: CriticismMeasure[]
  remarks: RemarkWithAnswers[]
  /** Of an appraisal: how many were graded, how many of them excellent. */
  grades: { graded: number; excellent: number } | null
}

/** All that an archive of a year is made from, but what each meeting says. */
export type LifeYear = {
  organisation: { code: string; name: string }
  year: number
  ledger: Ledger | null
  openRemarks: number
  plans: { plan: Plan; entries: EntryNow[] }[]
  /** In the order of their days. */
  meetings: ArchivedMeeting[]
}

/** So many meetings of a year at most: what is made of them is held by whoever opens it. */
export const meetingsAtMost = 500

/** @throws DomainError LIFE_ARCHIVE_TOO_LARGE */
export function requireFits(year: number, found: number): void {
  if (found > meetingsAtMost) fail('LIFE_ARCHIVE_TOO_LARGE', { year, found, wanted: meetingsAtMost })
}
