import type { AsService, Perform } from '@linghang/access'
import type { FastifyInstance } from 'fastify'
import type { Tx, Work } from '../work.ts'
import type { Titles } from './feed.ts'
import { createRate } from './rate.ts'
import { hashOf, tagOf } from './secret.ts'
import { findFeed, showFeed } from './show-feed.ts'

// Calendar programs ask every quarter of an hour, some every minute; a runaway one is stopped.
const askedAtMost = { most: 60, windowMs: 300_000, keysAtMost: 10_000 }
const rendersAtMost = 8

/**
 * `GET /calendar/<secret>.ics`: whoever knows the secret is answered, so the gateway passes it on in its own name. What
 * is wrong with a secret is not said: unknown, revoked and no longer allowed are one answer. Places are for whoever
 * knows one: guessing takes none.
 */
export function feedRoutes(
  app: FastifyInstance,
  {
    asService,
    perform,
    now,
    titles,
  }: { asService: AsService<Tx>; perform: Perform<Work>; now: () => Date; titles: Titles },
): void {
  const mayAsk = createRate({ ...askedAtMost, nowMs: () => now().getTime() })
  let rendering = 0
  app.get<{ Params: { secret: string } }>('/calendar/:secret.ics', async (request, reply) => {
    const { secret } = request.params
    if (!mayAsk(hashOf(secret).toString('base64'))) return reply.code(429).header('retry-after', '300').send()
    const feed = await findFeed(asService, secret)
    if (feed === null) return reply.code(404).send()
    if (rendering >= rendersAtMost) return reply.code(503).header('retry-after', '5').send()
    rendering += 1
    try {
      const text = await showFeed(perform, feed, titles)
      if (text === null) return reply.code(404).send()
      const tag = tagOf(text)
      void reply.header('etag', tag).header('cache-control', 'private, no-cache')
      const known = request.headers['if-none-match']
      if (known === '*' || known?.split(',').some(one => one.trim().replace(/^W\//, '') === tag))
        return reply.code(304).send()
      return reply
        .type('text/calendar; charset=utf-8')
        .header('content-disposition', 'inline; filename="linghang.ics"')
        .send(text)
    } finally {
      rendering -= 1
    }
  })
}
