import { metricsType } from '@linghang/telemetry'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { refuse } from '../refusals.ts'

const loopback = /^(?:::ffff:)?127\.|^::1$/
/** What says that somebody else asks through a proxy on this machine. */
const passedBy = ['forwarded', 'via', 'x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto', 'x-real-ip'] as const

/** Whether the one who asks sits on this machine. */
export const isOfThisMachine = ({ socket, headers }: Pick<FastifyRequest, 'socket' | 'headers'>): boolean =>
  loopback.test(socket.remoteAddress ?? '') && passedBy.every(name => headers[name] === undefined)

/**
 * How much is asked of whom is not for everybody: where the port is the public one and no other is given for it, metrics
 * are told to this machine alone.
 */
export function metricsForThisMachine(app: FastifyInstance, metricsText: () => Promise<string>): void {
  app.get('/metrics', async (request, reply) => {
    if (!isOfThisMachine(request)) throw refuse(404, 'PATH_UNKNOWN')
    return reply.type(metricsType).send(await metricsText())
  })
}
