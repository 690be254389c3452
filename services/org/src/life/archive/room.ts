import type { Links } from '@linghang/papers/links'
import { room } from '../../work.ts'
import { table } from './errors.ts'
import { archiveResolvers } from './resolvers.ts'
import { archiveRoutes } from './routes.ts'

/** A year of an organisation's life as one file with an index (组织生活档案). */
export const lifeArchive = (links: Links) =>
  room({ errors: table, resolvers: archiveResolvers(links), routes: archiveRoutes(links) })
