import type { Links } from '@linghang/papers/links'
import { room } from '../../work.ts'
import { table } from './errors.ts'
import { exportResolvers } from './resolvers.ts'
import { exportRoutes } from './routes.ts'
import type { HeadsOf } from './store.ts'

/** What is handed to whoever audits: the books of a period as one archive. */
export const auditorsExport = (links: Links, headsOf: HeadsOf) =>
  room({ errors: table, resolvers: exportResolvers(links), routes: exportRoutes({ links, headsOf }) })
