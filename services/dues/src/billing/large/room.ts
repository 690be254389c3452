import { room } from '../../work.ts'
import { table } from './errors.ts'
import { largeResolvers } from './resolvers.ts'

/** Large dues on their way to the centre. */
export const large = room({ errors: table, resolvers: largeResolvers })
