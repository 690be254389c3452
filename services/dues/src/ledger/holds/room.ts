import { room } from '../../work.ts'
import { table } from './errors.ts'
import { holdById } from './read-holds.ts'
import { holdResolvers } from './resolvers.ts'

/** Money that is reserved before it is spent. */
export const holds = room({ errors: table, nodes: { DuesHold: holdById }, resolvers: holdResolvers })
