import { startHealthServer } from '@linghang/subgraph'
import { type Log, metricsType, type Telemetry } from '@linghang/telemetry'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { refuse } from '../refusals.ts'

const loopback = /^(?:::ffff:)?127\.|^::1$/
/** What says that somebody else asks through a proxy on this machine. */
const passedBy = ['forwarded', 'via', 'x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto', 'x-real-ip'] as const

/** Whether the one who asks sits on this machine. */
export const isOfThisMachine = ({ socket, headers }: Pick<FastifyRequest, 'socket' | 'headers'>): boolean =>
  loopback.test(socket.remoteAddress ?? '') && passedBy.every(name => headers[name] === undefined)

type Options = {
  host: string
  metricsPort: number | null
  telemetry: Telemetry
  log: Log
  missing: () => string[]
}

/**
 * How much is asked of whom is not for everybody: the gateway's port is the public one, so metrics have another, with
 * health beside them, or are told to this machine alone.
 */
export async function giveMetrics(app: FastifyInstance, options: Options): Promise<{ stop(): Promise<void> } | null> {
  const { host, metricsPort, telemetry, log, missing } = options
  const { metricsText } = telemetry
  if (metricsPort !== null)
    return startHealthServer({ host, port: metricsPort, metricsText, log, ready: async () => missing().length === 0 })
  app.get('/metrics', async (request, reply) => {
    if (!isOfThisMachine(request)) throw refuse(404, 'PATH_UNKNOWN')
    return reply.type(metricsType).send(await metricsText())
  })
  return null
}
