import { fileRoute } from '@linghang/papers/file-route'
import type { Links } from '@linghang/papers/links'
import { room } from '../../work.ts'
import { table } from './errors.ts'
import { openText } from './read-library.ts'
import { libraryResolvers } from './resolvers.ts'

/** Systems and flows of organisational life, with a county's own beside the platform's. */
export const library = (links: Links) =>
  room({
    errors: table,
    resolvers: libraryResolvers(links),
    routes: fileRoute('/files/library/:id/:name.docx', (context, { id: countyId, name: address, query }) =>
      openText(context, links, { countyId, address }, query),
    ),
  })
