import { fileRoute } from '@linghang/papers/file-route'
import type { Links } from '@linghang/papers/links'
import { room } from '../../work.ts'
import { openMinutes } from './open-minutes.ts'
import { minutesResolvers } from './resolvers.ts'

/** Minutes of meetings as documents, from what is written down of them. */
export const minutes = (links: Links) =>
  room({
    resolvers: minutesResolvers(links),
    routes: fileRoute('/files/meeting-minutes/:id.docx', (context, { id, query }) =>
      openMinutes(context, links, id, query),
    ),
  })
