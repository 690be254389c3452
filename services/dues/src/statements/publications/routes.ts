import { docxMediaType } from '@linghang/documents'
import { linkStatuses, sendFile } from '@linghang/papers/give-file'
import type { Links } from '@linghang/papers/links'
import { answerAbout } from '@linghang/subgraph/answer'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Context } from '../../work.ts'
import { openPublication } from './open-publication.ts'

type ById = { Params: { id: string }; Querystring: Record<string, unknown> }

/** A publication of dues, for whoever has a link. */
export const publicationRoutes =
  (links: Links) =>
  (app: FastifyInstance, contextOf: (request: FastifyRequest) => Context): void => {
    app.get<ById>('/files/dues-publications/:id.docx', (request, reply) =>
      answerAbout(
        request,
        reply,
        async id => {
          const { name, content } = await openPublication(contextOf(request), links, id, request.query)
          return sendFile(reply, { name, mediaType: docxMediaType, bytes: content.length, content })
        },
        linkStatuses,
      ),
    )
  }
