import { room } from '../../work.ts'
import { table } from './errors.ts'
import { policyResolvers } from './resolvers.ts'

/** From which sum on who decides on spending dues. */
export const policies = room({ errors: table, resolvers: policyResolvers })
