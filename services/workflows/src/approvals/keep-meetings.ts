import { newestOf, reaction } from '@linghang/events'
import type { Work } from '../work.ts'
import { approvalStore } from './store.ts'

/** Keeps of closed meetings of committees what they resolved on people: what their decisions rest on. */
export const keepMeetings = reaction(['org.meeting.closed.v1'], async ({ tx, actor }: Work, events) => {
  const meetings = newestOf(events, meeting => meeting.id)
    .filter(({ kind }) => kind === 'COMMITTEE')
    .map(({ id, orgId, heldOn, version, resolutions }) => ({
      ...{ id, orgId, heldOn, version },
      resolutions: resolutions.filter(({ memberId }) => memberId !== null),
    }))
  await approvalStore.keepCommitteeMeetings(tx, actor.countyId, meetings)
})
