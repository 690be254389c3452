import type { Links } from '@linghang/papers/links'
import { room } from '../../work.ts'
import { table } from './errors.ts'
import { libraryResolvers } from './resolvers.ts'
import { libraryRoutes } from './routes.ts'

/** Systems and flows of organisational life, with a county's own beside the platform's. */
export const library = (links: Links) =>
  room({ errors: table, resolvers: libraryResolvers(links), routes: libraryRoutes(links) })
