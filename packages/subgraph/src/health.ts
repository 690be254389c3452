import { type Log, metricsType } from '@linghang/telemetry'
import fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify'

export type Health = { metricsText: () => Promise<string>; ready: () => Promise<boolean> }

/** Whether it lives, whether it can be sent work, and what it counts. */
export function healthRoutes(app: FastifyInstance, health: Health): void {
  app.get('/health/live', async () => ({ live: true }))
  app.get('/health/ready', async (_, reply) => {
    const ready = await health.ready().catch(() => false)
    return reply.code(ready ? 200 : 503).send({ ready })
  })
  app.get('/metrics', async (_, reply) => reply.type(metricsType).send(await health.metricsText()))
}

/** For a process that serves nothing else. */
export async function startHealthServer(
  options: Health & { host: string; port: number; log: Log },
): Promise<{ stop(): Promise<void> }> {
  const app = fastify({
    loggerInstance: options.log as FastifyBaseLogger,
    logController: new LogController({ disableRequestLogging: true }),
  }) as unknown as FastifyInstance
  healthRoutes(app, options)
  await app.listen({ host: options.host, port: options.port })
  return { stop: () => app.close().then(() => undefined) }
}
