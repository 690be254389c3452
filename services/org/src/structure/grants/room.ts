import { type AsService, shanghaiDay } from '@linghang/access'
import { z } from 'zod'
import { room, type Tx } from '../../work.ts'
import { findGrants } from './find-grants.ts'

const login = z.object({ issuer: z.string().min(1).max(500), subject: z.string().min(1).max(200) })

/**
 * `POST /internal/grants`: what a login holds, asked by the gateway in its own name, never on behalf of a caller.
 * @param asService whoever signs in is nobody yet, so it is the service itself that looks
 */
export const grantsRoom = (asService: AsService<Tx>, now: () => Date) =>
  room({
    routes(app, contextOf) {
      app.post('/internal/grants', async (request, reply) => {
        if (contextOf(request).actor.kind !== 'SYSTEM') return reply.code(403).send({ code: 'FORBIDDEN' })
        const body = login.safeParse(request.body)
        if (!body.success) return reply.code(400).send({ code: 'BAD_INPUT' })
        const { issuer, subject } = body.data
        const found = await asService(tx => findGrants({ tx, today: shanghaiDay(now()) }, issuer, subject))
        return found ? reply.send(found) : reply.code(404).send({ code: 'ACCOUNT_UNKNOWN' })
      })
    },
  })
