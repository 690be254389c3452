import { room } from '../../work.ts'
import { table } from './errors.ts'
import { liveResolvers } from './resolvers.ts'

/** Meetings watched from elsewhere: where, what is asked and said under them, and that somebody made one up. */
export const live = room({ errors: table, resolvers: liveResolvers })
