import { docxMediaType } from '@linghang/documents'
import { sendFile } from '@linghang/papers/give-file'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Context } from '../../work.ts'
import { answer } from '../materials/routes.ts'
import { openDossier } from './dossier.ts'
import { openDocument } from './make-documents.ts'

type ById = { Params: { id: string }; Querystring: Record<string, unknown> }
type ByTemplate = { Params: { id: string; template: string }; Querystring: Record<string, unknown> }

/** A document made from a case, and a whole dossier, for whoever has a link. */
export function documentRoutes(app: FastifyInstance, contextOf: (request: FastifyRequest) => Context): void {
  app.get<ByTemplate>('/files/documents/:id/:template.docx', (request, reply) =>
    answer(request, reply, async caseId => {
      const { template } = request.params
      const { name, content } = await openDocument(contextOf(request), { caseId, template }, request.query)
      return sendFile(reply, { name, mediaType: docxMediaType, bytes: content.length, content })
    }),
  )
  app.get<ById>('/files/dossiers/:id.zip', (request, reply) =>
    answer(request, reply, async caseId => {
      const { name, content } = await openDossier(contextOf(request), caseId, request.query)
      return sendFile(reply, { name, mediaType: 'application/zip', bytes: null, content })
    }),
  )
}
