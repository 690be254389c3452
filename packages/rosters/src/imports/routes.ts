import type { RequestContext } from '@linghang/subgraph'
import { bodyOf } from '@linghang/subgraph/answer-while-sending'
import { DomainError } from '@linghang/subgraph/errors'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { readFindingsFile } from './read-imports.ts'
import { receiveFile } from './receive-file.ts'
import type { ImportWork } from './roster-import.ts'

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/
const statusOf: Record<string, number> = {
  NOT_FOUND: 404,
  FORBIDDEN: 403,
  IMPORT_BUSY: 409,
  IMPORT_DONE: 409,
  FILE_TOO_LARGE: 413,
  FILE_EMPTY: 400,
}

const refuse = (reply: FastifyReply, error: unknown): FastifyReply => {
  if (!(error instanceof DomainError)) throw error
  return reply
    .code(statusOf[error.code] ?? 400)
    .send({ code: error.code, params: error.params, messages: { 'zh-CN': error.texts.zh, en: error.texts.en } })
}

/** `PUT /imports/:id/file` takes the roster as it is, whatever its content type; `GET /imports/:id/findings.csv` gives back what is wrong with it. */
export function importRoutes(
  app: FastifyInstance,
  contextOf: (request: FastifyRequest) => RequestContext<ImportWork>,
): void {
  app.register(async routes => {
    routes.removeAllContentTypeParsers()
    routes.addContentTypeParser('*', (_, payload, done) => done(null, payload))
    routes.put<{ Params: { id: string } }>('/imports/:id/file', async (request, reply) => {
      if (!uuid.test(request.params.id)) return reply.code(404).send({ code: 'NOT_FOUND' })
      const length = request.headers['content-length']
      try {
        const bytes = await receiveFile(
          contextOf(request),
          request.params.id,
          bodyOf(request),
          length === undefined ? null : Number(length),
        )
        return reply.send({ bytes })
      } catch (error) {
        return refuse(reply, error)
      }
    })
    routes.get<{ Params: { id: string } }>('/imports/:id/findings.csv', async (request, reply) => {
      if (!uuid.test(request.params.id)) return reply.code(404).send({ code: 'NOT_FOUND' })
      try {
        const csv = await contextOf(request).perform(work => readFindingsFile(work, request.params.id))
        return reply
          .header('content-type', 'text/csv; charset=utf-8')
          .header('content-disposition', 'attachment; filename="findings.csv"')
          .send(csv)
      } catch (error) {
        return refuse(reply, error)
      }
    })
  })
}
