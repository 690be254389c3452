import type { Actor } from '@linghang/access'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { Rooms } from '../rooms.ts'

const request = z.object({ issuer: z.string().min(1).max(500), subject: z.string().min(1).max(200) })

/** `POST /internal/grants`: asked by the gateway in its own name, never on behalf of a caller. */
export function grantRoutes(app: FastifyInstance, actorOf: (request: FastifyRequest) => Actor, rooms: Rooms): void {
  app.post('/internal/grants', async (incoming, reply) => {
    if (actorOf(incoming).kind !== 'SYSTEM') return reply.code(403).send({ code: 'FORBIDDEN' })
    const body = request.safeParse(incoming.body)
    if (!body.success) return reply.code(400).send({ code: 'BAD_INPUT' })
    const found = await rooms.findGrants(body.data.issuer, body.data.subject)
    return found ? reply.send(found) : reply.code(404).send({ code: 'ACCOUNT_UNKNOWN' })
  })
}
