import { type MeetingState, newestOf, type Reaction } from '@linghang/events'
import type { Tx } from '../deps.ts'
import { meetingStore } from './store.ts'

/** Keeps what the org service tells of closed meetings: the evidence on which steps lean (S0-16). */
export const keepMeetings: Reaction<Tx> = {
  types: ['org.meeting.closed.v1'],
  async react(tx, actor, events) {
    await meetingStore.keep(
      tx,
      actor.countyId,
      newestOf<MeetingState>(events, meeting => meeting.id),
    )
  },
}
