import { newestOf, reaction } from '@linghang/events'
import type { Work } from '../../work.ts'
import { spendingResolutionsOf } from './resolution.ts'
import { resolutionStore } from './store.ts'

/** Keeps what closed meetings decide on spending; a correction of the meeting is the word that counts. */
export const hearMeetings = reaction(['org.meeting.closed.v1'], async (work: Work, events) => {
  const meetings = newestOf(events, meeting => meeting.id)
  await resolutionStore.keep(
    work.tx,
    work.actor.countyId,
    meetings.map(({ id, version }) => ({ meetingId: id, version })),
    meetings.flatMap(spendingResolutionsOf),
  )
})
