import { room } from '../../work.ts'
import { table } from './errors.ts'
import { policyResolvers } from './resolvers.ts'

/** What a county asks of the development of members beyond the national rules. */
export const policies = room({ errors: table, resolvers: policyResolvers })
