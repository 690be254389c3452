import { fileRoute } from '@linghang/papers/file-route'
import type { Links } from '@linghang/papers/links'
import { room } from '../../work.ts'
import { table } from './errors.ts'
import { openPublication } from './open-publication.ts'
import { publicationById } from './read-publications.ts'
import { publicationResolvers } from './resolvers.ts'

/** What is told to the members of a year's dues, once for each organisation and year. */
export const yearlyPublications = (links: Links) =>
  room({
    errors: table,
    nodes: { DuesPublication: publicationById },
    resolvers: publicationResolvers(links),
    routes: fileRoute('/files/dues-publications/:id.docx', (context, { id, query }) =>
      openPublication(context, links, id, query),
    ),
  })
