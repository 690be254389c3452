import { linkStatuses, sendFile } from '@linghang/papers/give-file'
import type { Links } from '@linghang/papers/links'
import { answerAbout } from '@linghang/subgraph/answer'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Context } from '../../work.ts'
import { openLifeArchive } from './open-archive.ts'

type ById = { Params: { id: string }; Querystring: Record<string, unknown> }

/** The archive of a year, for whoever has a link. */
export const archiveRoutes =
  (links: Links) =>
  (app: FastifyInstance, contextOf: (request: FastifyRequest) => Context): void => {
    app.get<ById>('/files/life-archives/:id.zip', (request, reply) =>
      answerAbout(
        request,
        reply,
        async orgId => {
          const { name, content } = await openLifeArchive(contextOf(request), links, orgId, request.query)
          return sendFile(reply, { name, mediaType: 'application/zip', bytes: null, content })
        },
        linkStatuses,
      ),
    )
  }
