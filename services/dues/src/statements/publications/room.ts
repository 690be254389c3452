import type { Links } from '@linghang/papers/links'
import { room } from '../../work.ts'
import { table } from './errors.ts'
import { publicationById } from './read-publications.ts'
import { publicationResolvers } from './resolvers.ts'
import { publicationRoutes } from './routes.ts'

/** What is told to the members of a year's dues, once for each organisation and year. */
export const yearlyPublications = (links: Links) =>
  room({
    errors: table,
    nodes: { DuesPublication: publicationById },
    resolvers: publicationResolvers(links),
    routes: publicationRoutes(links),
  })
