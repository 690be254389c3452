import { type RawTx, shanghaiDay } from '@linghang/access'
import {
  type ApprovalDecisionState,
  type ApprovalRequestState,
  type Event,
  type MeetingState,
  newestOf,
  type Reaction,
} from '@linghang/events'
import { keepMeetings } from '../approvals/keep-meetings.ts'
import { takeRequests } from '../approvals/take-requests.ts'
import { watchApprovals } from '../approvals/watch-approvals.ts'
import { announce } from '../inbox/announce.ts'
import { traceparentsOf } from './watch-subjects.ts'

/** Something is to be decided by a superior, or no longer. */
export const takeApprovalRequests = (now: () => Date): Reaction<RawTx> => ({
  types: ['members.approval.requested.v1', 'members.approval.withdrawn.v1'],
  async react(tx, actor, events) {
    const at = now()
    const told = events as (Event & { data: ApprovalRequestState })[]
    await takeRequests(tx, actor.countyId, told, shanghaiDay(at), at)
  },
})

/** Closed meetings: what committees decide rests on theirs. */
export const keepCommitteeMeetings: Reaction<RawTx> = {
  types: ['org.meeting.closed.v1'],
  async react(tx, actor, events) {
    await keepMeetings(
      tx,
      actor.countyId,
      newestOf<MeetingState>(events, meeting => meeting.id),
    )
  },
}

/**
 * A decision of our own: whoever decides may not write what workflows are told, so it is done when it is heard. What was
 * sent back is the branch's to correct, and it hears so.
 */
export const endApprovalWatches = (now: () => Date): Reaction<RawTx> => ({
  types: ['workflows.approval.decided.v1'],
  async react(tx, actor, events) {
    const decided = (events as (Event & { data: ApprovalDecisionState })[]).map(({ data }) => data)
    const ids = [...new Set(decided.map(({ id }) => id))]
    await watchApprovals(tx, actor.countyId, ids, traceparentsOf(events))
    const returned = decided.filter(({ outcome }) => outcome === 'RETURNED')
    await announce(
      tx,
      actor.countyId,
      returned.map(({ id, orgId, decidedOn, round }) => ({
        ...{ subjectId: id, subjectType: 'APPROVAL', rule: 'APPROVAL_DUE', rung: 'RETURNED' },
        ...{ orgId, role: 'SECRETARY', dueOn: decidedOn, round },
      })),
      now(),
    )
  },
})
