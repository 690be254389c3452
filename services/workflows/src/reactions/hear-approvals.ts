import type { RawTx } from '@linghang/access'
import type { ApprovalDecisionState, ApprovalRequestState, Event, Reaction } from '@linghang/events'
import { shanghaiDay } from '@linghang/subgraph'
import { takeRequests } from '../approvals/take-requests.ts'
import { watchApprovals } from '../approvals/watch-approvals.ts'
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

/** A decision of our own: whoever decides may not write what workflows are told, so it is done when it is heard. */
export const endApprovalWatches: Reaction<RawTx> = {
  types: ['workflows.approval.decided.v1'],
  async react(tx, actor, events) {
    const decided = events as (Event & { data: ApprovalDecisionState })[]
    const ids = [...new Set(decided.map(({ data }) => data.id))]
    await watchApprovals(tx, actor.countyId, ids, traceparentsOf(events))
  },
}
