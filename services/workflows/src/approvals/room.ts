import { room } from '../work.ts'
import { table } from './errors.ts'
import { hearDecisions } from './hear-decisions.ts'
import { keepMeetings } from './keep-meetings.ts'
import { approvalById } from './read-approvals.ts'
import { approvalResolvers } from './resolvers.ts'
import { takeRequests } from './take-requests.ts'

/** What an office of a superior is to decide (报批). */
export const approvals = room({
  errors: table,
  nodes: { Approval: approvalById },
  resolvers: approvalResolvers,
  reactions: { meetings: [keepMeetings], approvals: [takeRequests], decisions: [hearDecisions] },
})
