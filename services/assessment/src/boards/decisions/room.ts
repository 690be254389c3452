import { room } from '../../work.ts'
import { table } from './errors.ts'
import { boardDecisionById } from './read-decisions.ts'
import { boardDecisionResolvers } from './resolvers.ts'

/** Which boards a county has turned on, by what decision, for whom and until when; without one there is none. */
export const boardDecisions = room({
  errors: table,
  nodes: { BoardDecision: boardDecisionById },
  resolvers: boardDecisionResolvers,
})
