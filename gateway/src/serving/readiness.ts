import type { FastifyInstance } from 'fastify'
import { type Dispatcher, request } from 'undici'

/**
 * Asks each subgraph until it has said once that it is ready. Later outages are no reason to take the gateway out:
 * the rest of an answer stands, and every other gateway would be out as well.
 */
export function awaitSubgraphs(subgraphs: { name: string; url: string; dispatcher: Dispatcher }[], everyMs = 500) {
  const missing = new Set(subgraphs.map(({ name }) => name))
  let timer: NodeJS.Timeout | undefined
  let stopped = false

  const look = async (): Promise<void> => {
    await Promise.all(
      subgraphs
        .filter(({ name }) => missing.has(name))
        .map(async ({ name, url, dispatcher }) => {
          if (await answersReady(url, dispatcher)) missing.delete(name)
        }),
    )
    if (missing.size === 0 || stopped) return
    timer = setTimeout(look, everyMs)
    timer.unref()
  }
  void look()

  return {
    missing: (): string[] => [...missing].sort(),
    stop(): void {
      stopped = true
      clearTimeout(timer)
    },
  }
}

async function answersReady(url: string, dispatcher: Dispatcher): Promise<boolean> {
  try {
    const answer = await request(`${url}/health/ready`, { dispatcher, headersTimeout: 2_000, bodyTimeout: 2_000 })
    await answer.body.dump()
    return answer.statusCode === 200
  } catch {
    return false
  }
}

export function healthRoutes(app: FastifyInstance, missing: () => string[]): void {
  app.get('/health/live', async () => ({ live: true }))
  app.get('/health/ready', async (_, reply) => {
    const waitingFor = missing()
    return reply.code(waitingFor.length === 0 ? 200 : 503).send({ ready: waitingFor.length === 0, waitingFor })
  })
}
