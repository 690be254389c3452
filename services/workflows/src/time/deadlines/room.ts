import { room } from '../../work.ts'
import { deadlineById } from './read-deadlines.ts'
import { deadlineResolvers } from './resolvers.ts'

/** What is due, as rows that are listed and counted. */
export const deadlines = room({ nodes: { Deadline: deadlineById }, resolvers: deadlineResolvers })
