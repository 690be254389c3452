import { docxMediaType } from '@linghang/documents'
import { linkStatuses, sendFile } from '@linghang/papers/give-file'
import type { Links } from '@linghang/papers/links'
import { answerAbout } from '@linghang/subgraph/answer'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Context } from '../../work.ts'
import { openText } from './read-library.ts'

type ByName = { Params: { id: string; template: string }; Querystring: Record<string, unknown> }

/** A text of the library, for whoever has a link. */
export const libraryRoutes =
  (links: Links) =>
  (app: FastifyInstance, contextOf: (request: FastifyRequest) => Context): void => {
    app.get<ByName>('/files/library/:id/:template.docx', (request, reply) =>
      answerAbout(
        request,
        reply,
        async id => {
          const { name, content } = await openText(
            contextOf(request),
            links,
            { countyId: id, address: request.params.template },
            request.query,
          )
          return sendFile(reply, { name, mediaType: docxMediaType, bytes: content.length, content })
        },
        linkStatuses,
      ),
    )
  }
