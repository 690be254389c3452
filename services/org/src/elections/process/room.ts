import { room } from '../../work.ts'
import { table } from './errors.ts'
import { electionById } from './read-elections.ts'
import { electionResolvers } from './resolvers.ts'

/** Elections (换届选举): a process as its facts, from the plan to the filed result. */
export const elections = room({ errors: table, nodes: { Election: electionById }, resolvers: electionResolvers })
