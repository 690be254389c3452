import { Readable } from 'node:stream'
import type { Actor } from '@linghang/access'
import { bodyOf } from '@linghang/subgraph/answer-while-sending'
import { DomainError } from '@linghang/subgraph/errors'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Rooms } from '../rooms.ts'

const statusOf: Record<string, number> = {
  NOT_FOUND: 404,
  FORBIDDEN: 403,
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
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/
const docx = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'

type ById = { Params: { id: string }; Querystring: Record<string, unknown> }
type ByTemplate = { Params: { id: string; template: string }; Querystring: Record<string, unknown> }
type Sent = { name: string; mediaType: string; bytes: number | null; content: AsyncIterable<Uint8Array> | Uint8Array }

/** A file goes out to be kept, never to be shown: whatever is in it, no browser runs it in our name. */
function sendFile(reply: FastifyReply, { name, mediaType, bytes, content }: Sent): FastifyReply {
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

async function answer(
  request: FastifyRequest<{ Params: { id: string } }>,
  reply: FastifyReply,
  work: () => Promise<FastifyReply>,
): Promise<FastifyReply> {
  if (!uuid.test(request.params.id)) return reply.code(404).send({ code: 'NOT_FOUND' })
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof DomainError)) throw error
    return reply
      .code(statusOf[error.code] ?? 400)
      .send({ code: error.code, params: error.params, messages: { 'zh-CN': error.texts.zh, en: error.texts.en } })
  }
}

/**
 * Papers in and out beside GraphQL: `PUT /files/materials/:id` takes a paper as it is; `GET` gives a paper, a document
 * made from a case, or a whole dossier to whoever has a link.
 */
export function fileRoutes(
  app: FastifyInstance,
  actorOf: (request: FastifyRequest) => Actor,
  rooms: Pick<Rooms, 'receiveMaterial' | 'openMaterial' | 'openDocument' | 'openDossier'>,
): void {
  app.register(async routes => {
    routes.removeAllContentTypeParsers()
    routes.addContentTypeParser('*', (_, payload, done) => done(null, payload))
    routes.put<ById>('/files/materials/:id', (request, reply) =>
      answer(request, reply, async () => {
        const length = request.headers['content-length']
        const bytes = length === undefined ? null : Number(length)
        return reply.send(await rooms.receiveMaterial(actorOf(request), request.params.id, bodyOf(request), bytes))
      }),
    )
    routes.get<ById>('/files/materials/:id', (request, reply) =>
      answer(request, reply, async () => {
        const { material, content } = await rooms.openMaterial(actorOf(request), request.params.id, request.query)
        const { fileName: name, mediaType, bytes } = material
        return sendFile(reply, { name, mediaType: mediaType ?? 'application/octet-stream', bytes, content })
      }),
    )
    routes.get<ByTemplate>('/files/documents/:id/:template.docx', (request, reply) =>
      answer(request, reply, async () => {
        const { id, template } = request.params
        const { name, content } = await rooms.openDocument(actorOf(request), id, template, request.query)
        return sendFile(reply, { name, mediaType: docx, bytes: content.length, content })
      }),
    )
    routes.get<ById>('/files/dossiers/:id.zip', (request, reply) =>
      answer(request, reply, async () => {
        const { name, content } = await rooms.openDossier(actorOf(request), request.params.id, request.query)
        return sendFile(reply, { name, mediaType: 'application/zip', bytes: null, content })
      }),
    )
  })
}
