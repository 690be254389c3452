import type { Links } from '@linghang/papers/links'
import { room } from '../../work.ts'
import { table } from './errors.ts'
import { bookResolvers } from './resolvers.ts'
import { bookRoutes } from './routes.ts'

/** Treasurers' books: what an account had, what moved it and why, what is left. */
export const accountBooks = (links: Links) =>
  room({ errors: table, resolvers: bookResolvers(links), routes: bookRoutes(links) })
