import { room } from '../../work.ts'
import { table } from './errors.ts'
import { shareResolvers } from './resolvers.ts'

/** What of a year's dues goes up. */
export const shares = room({ errors: table, resolvers: shareResolvers })
