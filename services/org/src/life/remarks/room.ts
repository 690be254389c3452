import { room } from '../../work.ts'
import { table } from './errors.ts'
import { remarkResolvers } from './resolvers.ts'

/** What those above say of the records of closed meetings (上级意见), and what the branch answers. */
export const remarks = room({ errors: table, resolvers: remarkResolvers })
