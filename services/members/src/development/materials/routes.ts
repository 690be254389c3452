import { Readable } from 'node:stream'
import { answerAbout, type Statuses } from '@linghang/subgraph/answer'
import { bodyOf } from '@linghang/subgraph/answer-while-sending'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Context } from '../../work.ts'
import { openMaterial } from './read-materials.ts'
import { receiveMaterial } from './receive-material.ts'

const statusOf: Statuses = {
  OWN_CASE: 403,
  NOT_THE_OFFICE: 403,
  LINK_REFUSED: 403,
  LINK_EXPIRED: 410,
  CASE_CLOSED: 409,
  MATERIAL_FILED_ALREADY: 409,
  MATERIAL_NOT_FILED: 409,
  MATERIAL_LENGTH_UNKNOWN: 411,
  MATERIAL_TOO_LARGE: 413,
  MATERIAL_CONTENT: 415,
}

type ById = { Params: { id: string }; Querystring: Record<string, unknown> }
type Sent = { name: string; mediaType: string; bytes: number | null; content: AsyncIterable<Uint8Array> | Uint8Array }

/** A file goes out to be kept, never to be shown: whatever is in it, no browser runs it in our name. */
export function sendFile(reply: FastifyReply, { name, mediaType, bytes, content }: Sent): FastifyReply {
  const plain = `file${/\.[A-Za-z0-9]+$/.exec(name)?.[0] ?? ''}`
  const encoded = encodeURIComponent(name).replaceAll(/['()*]/g, sign => `%${sign.charCodeAt(0).toString(16)}`)
  void reply
    .header('content-type', mediaType)
    .header('content-disposition', `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`)
    .header('x-content-type-options', 'nosniff')
    .header('content-security-policy', "default-src 'none'; sandbox")
    .header('cache-control', 'private, no-store')
  if (bytes !== null) void reply.header('content-length', bytes)
  return reply.send(content instanceof Uint8Array ? Buffer.from(content) : Readable.from(content))
}

/** What `run` sends about a paper or a case; a refusal with its own status. */
export const answer = (
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
