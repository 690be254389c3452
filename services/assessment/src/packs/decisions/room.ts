import { room } from '../../work.ts'
import { table } from './errors.ts'
import { packResolvers } from './resolvers.ts'

/** By what a county scores, and who decided it. */
export const decisions = room({ errors: table, resolvers: packResolvers })
