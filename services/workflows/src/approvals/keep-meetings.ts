import type { RawTx } from '@linghang/access'
import type { MeetingState } from '@linghang/events'
import { approvalStore } from './store.ts'

/** Keeps of closed meetings of committees what they resolved on people: what their decisions rest on. */
export const keepMeetings = (tx: RawTx, countyId: string, meetings: readonly MeetingState[]): Promise<void> =>
  approvalStore.keepCommitteeMeetings(
    tx,
    countyId,
    meetings
      .filter(({ kind }) => kind === 'COMMITTEE')
      .map(({ id, orgId, heldOn, version, resolutions }) => ({
        ...{ id, orgId, heldOn, version },
        resolutions: resolutions.filter(({ memberId }) => memberId !== null),
      })),
  )
