import { docxMediaType } from '@linghang/documents'
import { linkStatuses, sendFile } from '@linghang/papers/give-file'
import type { Links } from '@linghang/papers/links'
import { answerAbout } from '@linghang/subgraph/answer'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Context } from '../../work.ts'
import { openBook } from './open-book.ts'

const mediaTypes = {
  XLSX: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  DOCX: docxMediaType,
} as const
const paths = { XLSX: '/files/dues-books/:id.xlsx', DOCX: '/files/dues-books/:id.docx' } as const
type ById = { Params: { id: string }; Querystring: Record<string, unknown> }

/** A treasurer's book, for whoever has a link. */
export const bookRoutes =
  (links: Links) =>
  (app: FastifyInstance, contextOf: (request: FastifyRequest) => Context): void => {
    for (const format of ['XLSX', 'DOCX'] as const)
      app.get<ById>(paths[format], (request, reply) =>
        answerAbout(
          request,
          reply,
          async id => {
            const { name, content } = await openBook(contextOf(request), links, { id, format }, request.query)
            return sendFile(reply, { name, mediaType: mediaTypes[format], bytes: content.length, content })
          },
          linkStatuses,
        ),
      )
  }
