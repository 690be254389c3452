import { room } from '../../work.ts'
import { table } from './errors.ts'
import { seatById } from './read-seats.ts'
import { seatResolvers } from './resolvers.ts'

/** Who sits in which committee (委员会成员), as what, from when to when. */
export const seats = room({ errors: table, nodes: { CommitteeSeat: seatById }, resolvers: seatResolvers })
