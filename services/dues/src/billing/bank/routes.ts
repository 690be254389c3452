import { answerAbout } from '@linghang/subgraph/answer'
import { bodyOf } from '@linghang/subgraph/answer-while-sending'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Context } from '../../work.ts'
import { readStatement } from './read-statement.ts'

type ById = { Params: { id: string } }

/** `PUT /files/statements/:id` takes a bank's statement for the account of this id as it is: CSV or XLSX. */
export function statementRoutes(app: FastifyInstance, contextOf: (request: FastifyRequest) => Context): void {
  app.register(async routes => {
    routes.removeAllContentTypeParsers()
    routes.addContentTypeParser('*', (_, payload, done) => done(null, payload))
    routes.put<ById>('/files/statements/:id', (request, reply) =>
      answerAbout(
        request,
        reply,
        async id => reply.send(await readStatement(contextOf(request), id, bodyOf(request))),
        {},
      ),
    )
  })
}
