import { Readable } from 'node:stream'
import type { Actor } from '@linghang/access'
import { defineErrors } from '@linghang/subgraph/errors'
import type { FastifyReply } from 'fastify'
import type { Links } from './links.ts'

const { fail } = defineErrors({})

/** HTTP's status for these refusals. */
export const linkStatuses = { LINK_REFUSED: 403, LINK_EXPIRED: 410 } as const

/**
 * Refuses a link that was not made for this path and this account, or has run out.
 * @throws DomainError LINK_EXPIRED, LINK_REFUSED
 */
export function requireGoodLink(
  { links, actor, now }: { links: Links; actor: Actor; now: Date },
  path: string,
  query: Record<string, unknown>,
): void {
  const found = links.check(path, actor, query, now)
  if (found === 'EXPIRED') fail('LINK_EXPIRED')
  if (found === 'FORGED') fail('LINK_REFUSED')
}

export type SentFile = {
  name: string
  mediaType: string
  bytes: number | null
  content: AsyncIterable<Uint8Array> | Uint8Array
}

/** A file goes out to be kept, never to be shown: whatever is in it, no browser runs it in our name. */
export function sendFile(reply: FastifyReply, { name, mediaType, bytes, content }: SentFile): FastifyReply {
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
