import { room } from '../../work.ts'
import { table } from './errors.ts'
import { limitResolvers } from './resolvers.ts'

/** How much may be spent in a month, a quarter, a year. */
export const limits = room({ errors: table, resolvers: limitResolvers })
