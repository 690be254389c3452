import { room } from '../../work.ts'
import { table } from './errors.ts'
import { namingById } from './read-naming.ts'
import { namingResolvers } from './resolvers.ts'

/** Who asked not to be named on boards, and what the county has answered. */
export const naming = room({ errors: table, nodes: { NamingRequest: namingById }, resolvers: namingResolvers })
