import { room } from '../../work.ts'
import { table } from './errors.ts'
import { fundById } from './read-funds.ts'
import { fundResolvers } from './resolvers.ts'

/** Money that is for one purpose. */
export const funds = room({ errors: table, nodes: { DuesFund: fundById }, resolvers: fundResolvers })
