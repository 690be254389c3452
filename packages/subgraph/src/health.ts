import { type Log, metricsType } from '@linghang/telemetry'
import fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify'
import type { Lifecycle } from './lifecycle.ts'

export type Health = {
  metricsText: () => Promise<string>
  lifecycle: Pick<Lifecycle, 'hasBegun' | 'isServing'>
  /** What has to answer beside: a database, whom it waits for. */
  ready: () => Promise<boolean>
  /** Said beside, for people. */
  waitingFor?: () => string[]
}

/** Whether it lives, whether all of it stands, and whether it can be sent work. */
export function healthRoutes(
  app: FastifyInstance,
  { lifecycle, ready, waitingFor }: Omit<Health, 'metricsText'>,
): void {
  app.get('/health/live', async () => ({ live: true }))
  app.get('/health/started', async (_, reply) => {
    const started = lifecycle.hasBegun()
    return reply.code(started ? 200 : 503).send({ started })
  })
  app.get('/health/ready', async (_, reply) => {
    const isReady = lifecycle.isServing() && (await ready().catch(() => false)) && lifecycle.isServing()
    return reply.code(isReady ? 200 : 503).send({ ready: isReady, ...(waitingFor ? { waitingFor: waitingFor() } : {}) })
  })
}

export function metricsRoute(app: FastifyInstance, metricsText: () => Promise<string>): void {
  app.get('/metrics', async (_, reply) => reply.type(metricsType).send(await metricsText()))
}

/** Health and metrics at a port of their own: a network can let operators in there and nobody else. */
export async function startManagement(
  options: Health & { host: string; port: number; log: Log },
): Promise<{ stop(): Promise<void> }> {
  const app = fastify({
    loggerInstance: options.log as FastifyBaseLogger,
    logController: new LogController({ disableRequestLogging: true }),
    return503OnClosing: false,
  }) as unknown as FastifyInstance
  healthRoutes(app, options)
  metricsRoute(app, options.metricsText)
  await app.listen({ host: options.host, port: options.port })
  return { stop: () => app.close().then(() => undefined) }
}
