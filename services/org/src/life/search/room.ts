import { room } from '../../work.ts'
import { table } from './errors.ts'
import { searchResolvers } from './resolvers.ts'

/** Looking for what meetings have said, within what one may see. */
export const search = room({ errors: table, resolvers: searchResolvers })
