import { fileRoute } from '@linghang/papers/file-route'
import type { Links } from '@linghang/papers/links'
import { room } from '../../work.ts'
import { table } from './errors.ts'
import { openExport } from './open-export.ts'
import { exportResolvers } from './resolvers.ts'
import type { HeadsOf } from './store.ts'

/** What is handed to whoever audits: the books of a period as one archive. */
export const auditorsExport = (links: Links, headsOf: HeadsOf) =>
  room({
    errors: table,
    resolvers: exportResolvers(links),
    routes: fileRoute('/files/dues-exports/:id.zip', (context, { id, query }) =>
      openExport(context, { links, headsOf }, id, query),
    ),
  })
