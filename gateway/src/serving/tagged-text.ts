import { createHash } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'

/** A text that many ask for again and again, with the mark by which who has it is told so instead of sent it. */
export type TaggedText = { type: string; text: string; etag: string }

export const tagged = (type: string, text: string): TaggedText => ({
  type: `${type}; charset=utf-8`,
  text,
  etag: `"${createHash('sha256').update(text).digest('base64url').slice(0, 22)}"`,
})

/** Sends the text, or 304 to who has it. */
export function sendTagged(request: FastifyRequest, reply: FastifyReply, { type, text, etag }: TaggedText) {
  void reply.headers({ etag, 'cache-control': 'no-cache' })
  return request.headers['if-none-match'] === etag ? reply.code(304).send() : reply.type(type).send(text)
}
