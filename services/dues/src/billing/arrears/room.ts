import { room } from '../../work.ts'
import { table } from './errors.ts'
import { arrearsById } from './read-arrears.ts'
import { arrearsResolvers } from './resolvers.ts'

/** Who has not paid, and what the branch does about it. */
export const arrears = room({ errors: table, nodes: { DuesArrears: arrearsById }, resolvers: arrearsResolvers })
