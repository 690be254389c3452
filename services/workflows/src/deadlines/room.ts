import { room } from '../work.ts'
import { deadlineById } from './read-deadlines.ts'
import { deadlineResolvers } from './resolvers.ts'
import { watchTerms } from './watch-terms.ts'

/** What is due, as rows, and the terms of organisations. */
export const deadlines = room({
  nodes: { Deadline: deadlineById },
  resolvers: deadlineResolvers,
  reactions: { terms: [watchTerms] },
})
