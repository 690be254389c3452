import { docxMediaType } from '@linghang/documents'
import { linkStatuses, sendFile } from '@linghang/papers/give-file'
import type { Links } from '@linghang/papers/links'
import { answerAbout } from '@linghang/subgraph/answer'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Context } from '../../work.ts'
import { openPaper, openPapers } from './open-papers.ts'

type ById = { Params: { id: string }; Querystring: Record<string, unknown> }
type ByName = { Params: { id: string; paper: string }; Querystring: Record<string, unknown> }

/** The papers of an election, one or all, for whoever has a link. */
export const paperRoutes =
  (links: Links) =>
  (app: FastifyInstance, contextOf: (request: FastifyRequest) => Context): void => {
    app.get<ByName>('/files/election-papers/:id/:paper.docx', (request, reply) =>
      answerAbout(
        request,
        reply,
        async id => {
          const asked = { id, address: request.params.paper }
          const { name, content } = await openPaper(contextOf(request), links, asked, request.query)
          return sendFile(reply, { name, mediaType: docxMediaType, bytes: content.length, content })
        },
        linkStatuses,
      ),
    )
    app.get<ById>('/files/election-papers/:id.zip', (request, reply) =>
      answerAbout(
        request,
        reply,
        async id => {
          const { name, content } = await openPapers(contextOf(request), links, id, request.query)
          return sendFile(reply, { name, mediaType: 'application/zip', bytes: null, content })
        },
        linkStatuses,
      ),
    )
  }
