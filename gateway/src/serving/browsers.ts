import compress from '@fastify/compress'
import cors from '@fastify/cors'
import type { FastifyInstance } from 'fastify'

export type BrowserOptions = {
  /** Origins whose pages may ask, such as `https://console.example.cn`; nobody else's. */
  origins: readonly string[]
  /** Whether answers are compressed here; an ingress may do it instead. */
  compression: boolean
}

const preflightSeconds = 600

/**
 * What browsers want of a door: leave to ask from other origins, and answers that are small on the line. Registered
 * before the routes.
 */
export async function openToBrowsers(app: FastifyInstance, options: BrowserOptions): Promise<void> {
  const known = new Set(options.origins)
  if (known.size > 0) {
    await app.register(cors, {
      // An origin that is not on the list is answered as if there were no list.
      origin: async (origin: string | undefined) => (origin !== undefined && known.has(origin) ? origin : false),
      methods: ['GET', 'POST', 'PUT'],
      allowedHeaders: ['authorization', 'content-type', 'accept-language', 'traceparent', 'tracestate'],
      exposedHeaders: ['x-trace-id', 'retry-after', 'content-disposition'],
      // Tokens come in a header that a page has to have; nothing here answers to a cookie.
      credentials: false,
      maxAge: preflightSeconds,
    })
  }
  if (options.compression) {
    await app.register(compress, {
      encodings: ['zstd', 'br', 'gzip'],
      customTypes: /^(?:text\/|application\/(?:json|graphql|javascript))/,
      // A body that unfolds behind the door would pass its limits.
      globalDecompression: false,
    })
  }
}
