import { bodyOf } from '@linghang/subgraph/answer-while-sending'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Context } from '../work.ts'
import { openMaterial } from './read-materials.ts'
import { receiveMaterial } from './receive-material.ts'
import { answer, sendFile } from './send-file.ts'

type ById = { Params: { id: string }; Querystring: Record<string, unknown> }

/**
 * Papers in and out beside GraphQL: `PUT /files/materials/:id` takes a paper as it is; `GET` gives it to whoever has a
 * link.
 */
export function fileRoutes(app: FastifyInstance, contextOf: (request: FastifyRequest) => Context): void {
  app.register(async routes => {
    routes.removeAllContentTypeParsers()
    routes.addContentTypeParser('*', (_, payload, done) => done(null, payload))
    routes.put<ById>('/files/materials/:id', (request, reply) =>
      answer(request, reply, async () => {
        const length = request.headers['content-length']
        const bytes = length === undefined ? null : Number(length)
        return reply.send(await receiveMaterial(contextOf(request), request.params.id, bodyOf(request), bytes))
      }),
    )
    routes.get<ById>('/files/materials/:id', (request, reply) =>
      answer(request, reply, async () => {
        const { id } = request.params
        const { material, content } = await contextOf(request).perform(work => openMaterial(work, id, request.query))
        const { fileName: name, mediaType, bytes } = material
        return sendFile(reply, { name, mediaType: mediaType ?? 'application/octet-stream', bytes, content })
      }),
    )
  })
}
