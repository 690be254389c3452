import { room } from '../../work.ts'
import { shareResolvers } from './resolvers.ts'

/** What of a year's dues goes up. */
export const shares = room({ resolvers: shareResolvers })
