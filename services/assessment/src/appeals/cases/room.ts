import { room } from '../../work.ts'
import { table } from './errors.ts'
import { appealById } from './read-appeals.ts'
import { appealResolvers } from './resolvers.ts'

/** Appeals against lines of scores: who, by when, what was answered, and what came of it (R8). */
export const appeals = room({ errors: table, nodes: { Appeal: appealById }, resolvers: appealResolvers })
