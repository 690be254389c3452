import { anyOf } from '@linghang/database'
import { sqlOf, type Tx } from '../../work.ts'
import type { Attendance, MeetingState } from './meeting.ts'

/** Where somebody stands in a meeting: that they belong to it, and whether they came. */
export type OwnPlace = { id: string; state: MeetingState; attendance: Attendance | null }

export const placeStore = {
  /** Somebody's places in these meetings, by the version of each that counts. */
  of: (tx: Tx, countyId: string, memberId: string, meetingIds: readonly string[]): Promise<OwnPlace[]> =>
    sqlOf(tx)
      .selectFrom('meeting')
      .innerJoin('meetingPerson as person', join =>
        join.onRef('person.meetingId', '=', 'meeting.id').onRef('person.version', '=', 'meeting.version'),
      )
      .select(['meeting.id', 'meeting.state', 'person.attendance'])
      .where('meeting.countyId', '=', countyId)
      .where('meeting.id', '=', anyOf(meetingIds))
      .where('person.memberId', '=', memberId)
      .execute(),
}
