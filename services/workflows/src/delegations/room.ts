import { room } from '../work.ts'
import { table } from './errors.ts'
import { delegationById } from './read-delegations.ts'
import { delegationResolvers } from './resolvers.ts'

/** Decisions left to somebody else for a period (授权代办). */
export const delegations = room({
  errors: table,
  nodes: { Delegation: delegationById },
  resolvers: delegationResolvers,
})
