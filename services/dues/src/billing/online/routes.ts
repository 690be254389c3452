import type { FastifyInstance } from 'fastify'
import { type Ear, type Heard, hearProvider } from './hear-provider.ts'

/** Who is told of callbacks: a log, and whoever counts them. */
export type Told = { warn(fields: object, message: string): void; heard(outcome: Heard): void }

const bodyBytes = 64 * 1024
const statusOf: Readonly<Record<Heard, number>> = {
  ...{ TAKEN: 204, UNKNOWN: 404, SEAL_BROKEN: 400, CONTENT_UNKNOWN: 400 },
  ...{ SIGNATURE_MISSING: 401, SERIAL_UNKNOWN: 401, TIMESTAMP_REFUSED: 401, SIGNATURE_WRONG: 401 },
}

/**
 * `POST /payments/notify`: what the provider tells us. It has no account here, its signature is the key, so the gateway
 * passes it on in its own name. Whatever is not answered with 2xx the provider sends again, for a day.
 * @param ear null where dues are not taken online
 */
export function paymentRoutes(app: FastifyInstance, ear: Ear | null, told: Told): void {
  app.register(async routes => {
    // Signed is what came, byte for byte, so it is read as text and not as what it says it is.
    routes.removeAllContentTypeParsers()
    routes.addContentTypeParser('*', { parseAs: 'string', bodyLimit: bodyBytes }, (_, body, done) => done(null, body))
    routes.post('/payments/notify', async (request, reply) => {
      const body = typeof request.body === 'string' ? request.body : ''
      const heard = ear ? await hearProvider(ear, request.headers, body) : 'UNKNOWN'
      told.heard(heard)
      if (heard === 'TAKEN') return reply.code(204).send()
      told.warn({ heard }, 'a callback of the payment provider was refused')
      return reply.code(statusOf[heard]).send({ code: 'FAIL', message: heard })
    })
  })
}
