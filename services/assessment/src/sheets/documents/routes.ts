import { docxMediaType } from '@linghang/documents'
import { linkStatuses, sendFile } from '@linghang/papers/give-file'
import type { Links } from '@linghang/papers/links'
import { answerAbout } from '@linghang/subgraph/answer'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Context } from '../../work.ts'
import { openSheet } from './open-sheet.ts'

type ById = { Params: { id: string }; Querystring: Record<string, unknown> }

/** A sheet as a document, for whoever has a link. */
export const sheetDocumentRoutes =
  (links: Links) =>
  (app: FastifyInstance, contextOf: (request: FastifyRequest) => Context): void => {
    app.get<ById>('/files/score-sheets/:id.docx', (request, reply) =>
      answerAbout(
        request,
        reply,
        async id => {
          const { name, content } = await openSheet(contextOf(request), links, id, request.query)
          return sendFile(reply, { name, mediaType: docxMediaType, bytes: content.length, content })
        },
        linkStatuses,
      ),
    )
  }
