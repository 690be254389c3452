import { fileRoute } from '@linghang/papers/file-route'
import type { Links } from '@linghang/papers/links'
import { room } from '../../work.ts'
import { table } from './errors.ts'
import { openLifeArchive } from './open-archive.ts'
import { archiveResolvers } from './resolvers.ts'

/** A year of an organisation's life as one file with an index (组织生活档案). */
export const lifeArchive = (links: Links) =>
  room({
    errors: table,
    resolvers: archiveResolvers(links),
    routes: fileRoute('/files/life-archives/:id.zip', (context, { id, query }) =>
      openLifeArchive(context, links, id, query),
    ),
  })
