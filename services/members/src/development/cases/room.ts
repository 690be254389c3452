import { keepCities } from '@linghang/events'
import { room } from '../../work.ts'
import { adoptCases } from './adopt-cases.ts'
import { takeDecisions } from './ask-approval.ts'
import { table } from './errors.ts'
import { keepTreeAndFollowMoves } from './follow-moves.ts'
import { keepMeetings } from './keep-meetings.ts'
import { caseById } from './read-cases.ts'
import { developmentResolvers } from './resolvers.ts'
import { takeUpPolicies } from './take-up-policy.ts'

/** Cases of people on their way into the party: the 25 steps, what is in their way, and who does them. */
export const cases = room({
  errors: table,
  nodes: { DevelopmentCase: caseById },
  resolvers: developmentResolvers,
  reactions: {
    'org-tree': [keepTreeAndFollowMoves, keepCities],
    meetings: [keepMeetings],
    development: [adoptCases],
    policies: [takeUpPolicies],
    decisions: [takeDecisions],
  },
})
