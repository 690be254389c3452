import { room } from '../../work.ts'
import { table } from './errors.ts'
import { criticismResolvers } from './resolvers.ts'

/** Criticism meetings (组织生活会): opinions before, measures after, with their days. */
export const criticism = room({ errors: table, resolvers: criticismResolvers })
