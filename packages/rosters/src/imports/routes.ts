import type { RequestContext } from '@linghang/subgraph'
import { answerAbout, type Statuses } from '@linghang/subgraph/answer'
import { bodyOf } from '@linghang/subgraph/answer-while-sending'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { readFindingsFile } from './read-imports.ts'
import { receiveFile } from './receive-file.ts'
import type { ImportWork } from './roster-import.ts'

type ById = { Params: { id: string } }
const statusOf: Statuses = { IMPORT_BUSY: 409, IMPORT_DONE: 409, FILE_TOO_LARGE: 413 }

/** `PUT /imports/:id/file` takes the roster as it is, whatever its content type; `GET /imports/:id/findings.csv` gives back what is wrong with it. */
export function importRoutes(
  app: FastifyInstance,
  contextOf: (request: FastifyRequest) => RequestContext<ImportWork>,
): void {
  app.register(async routes => {
    routes.removeAllContentTypeParsers()
    routes.addContentTypeParser('*', (_, payload, done) => done(null, payload))
    routes.put<ById>('/imports/:id/file', (request, reply) =>
      answerAbout(
        request,
        reply,
        async id => {
          const length = request.headers['content-length']
          const saidBytes = length === undefined ? null : Number(length)
          return reply.send({ bytes: await receiveFile(contextOf(request), id, bodyOf(request), saidBytes) })
        },
        statusOf,
      ),
    )
    routes.get<ById>('/imports/:id/findings.csv', (request, reply) =>
      answerAbout(
        request,
        reply,
        async id => {
          const csv = await contextOf(request).perform(work => readFindingsFile(work, id))
          return reply
            .header('content-type', 'text/csv; charset=utf-8')
            .header('content-disposition', 'attachment; filename="findings.csv"')
            .send(csv)
        },
        statusOf,
      ),
    )
  })
}
