import { room } from '../../work.ts'
import { table } from './errors.ts'
import { bookResolvers } from './resolvers.ts'

/** Treasurers' books: what an account had, what moved it and why, what is left. */
export const accountBooks = room({ errors: table, resolvers: bookResolvers })
