import { room } from '../../work.ts'
import { table } from './errors.ts'
import { publicationResolvers } from './resolvers.ts'

/** Sheets of a time that is over, published as they stand; what changes afterwards is another version. */
export const publication = room({ errors: table, resolvers: publicationResolvers })
