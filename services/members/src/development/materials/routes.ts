import { linkStatuses, sendFile } from '@linghang/papers/give-file'
import { answerAbout, type Statuses } from '@linghang/subgraph/answer'
import { bodyOf } from '@linghang/subgraph/answer-while-sending'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Context } from '../../work.ts'
import { openMaterial } from './read-materials.ts'
import { receiveMaterial } from './receive-material.ts'

const statusOf: Statuses = {
  OWN_CASE: 403,
  NOT_THE_OFFICE: 403,
  ...linkStatuses,
  CASE_CLOSED: 409,
  MATERIAL_FILED_ALREADY: 409,
  MATERIAL_NOT_FILED: 409,
  MATERIAL_LENGTH_UNKNOWN: 411,
  MATERIAL_TOO_LARGE: 413,
  MATERIAL_CONTENT: 415,
}

type ById = { Params: { id: string }; Querystring: Record<string, unknown> }
/** What `run` sends about a paper or a case; a refusal with its own status. */
const answer = (
  request: FastifyRequest<{ Params: { id: string } }>,
  reply: FastifyReply,
  run: (id: string) => Promise<FastifyReply>,
): Promise<FastifyReply> => answerAbout(request, reply, run, statusOf)

/**
 * Papers in and out beside GraphQL: `PUT /files/materials/:id` takes a paper as it is; `GET` gives it to whoever has a
 * link.
 */
export function fileRoutes(app: FastifyInstance, contextOf: (request: FastifyRequest) => Context): void {
  app.register(async routes => {
    routes.removeAllContentTypeParsers()
    routes.addContentTypeParser('*', (_, payload, done) => done(null, payload))
    routes.put<ById>('/files/materials/:id', (request, reply) =>
      answer(request, reply, async id => {
        const length = request.headers['content-length']
        const bytes = length === undefined ? null : Number(length)
        return reply.send(await receiveMaterial(contextOf(request), id, bodyOf(request), bytes))
      }),
    )
    routes.get<ById>('/files/materials/:id', (request, reply) =>
      answer(request, reply, async id => {
        const { material, content } = await contextOf(request).perform(work => openMaterial(work, id, request.query))
        const { fileName: name, mediaType, bytes } = material
        return sendFile(reply, { name, mediaType: mediaType ?? 'application/octet-stream', bytes, content })
      }),
    )
  })
}
