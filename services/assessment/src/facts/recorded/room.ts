import { room } from '../../work.ts'
import { table } from './errors.ts'
import { recordedById } from './read-recorded.ts'
import { recordedResolvers } from './resolvers.ts'

/** What no service knows and an office writes down, with its evidence and its corrections. */
export const recorded = room({ errors: table, nodes: { RecordedFact: recordedById }, resolvers: recordedResolvers })
