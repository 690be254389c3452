import type { Log } from '@linghang/telemetry'
import { context as otel, propagation } from '@opentelemetry/api'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { type Dispatcher, request as send } from 'undici'
import type { Turns } from '../guards/turns.ts'
import type { Limits } from '../limits.ts'
import { refuse } from '../refusals.ts'
import type { Door } from '../serving/door.ts'

type Deps = {
  /** The service that takes payments. */
  subgraph: { name: string; url: string; dispatcher: Dispatcher }
  turns: Turns
  limits: Limits
  door: Door
  tokenForItself: () => Promise<string>
  log: Log
}

const bodyBytes = 64 * 1024
const answerBytes = 4 * 1024
const signedBy = ['wechatpay-signature', 'wechatpay-timestamp', 'wechatpay-nonce', 'wechatpay-serial'] as const

/**
 * `POST /payments/notify`: the provider of payments carries no token, its signature over the body is the key. What has
 * none costs no call; the rest is passed on in the gateway's own name, byte for byte, and judged by the service.
 */
export function callbackRoutes(app: FastifyInstance, deps: Deps): void {
  app.register(async routes => {
    routes.removeAllContentTypeParsers()
    routes.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: bodyBytes }, (_, body, done) => done(null, body))
    routes.post('/payments/notify', async (request, reply) => {
      if (!signedBy.every(name => typeof request.headers[name] === 'string' && request.headers[name] !== ''))
        throw refuse(404, 'PATH_UNKNOWN')
      const turn = deps.turns.take()
      if (!turn) throw refuse(503, 'OVERLOADED', { limit: deps.limits.inFlight }, { 'retry-after': '1' })
      reply.raw.once('close', turn.closed)
      turn.begin()
      try {
        return await otel.with(deps.door.visitOf(request).span, () => forward(deps, request, reply))
      } finally {
        turn.end()
      }
    })
  })
}

async function forward(deps: Deps, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const answer = await ask(deps, request)
  const { statusCode, body } = answer
  // The provider reads the status; the words beside it are for whoever looks into its log.
  const text = (await body.text()).slice(0, answerBytes)
  deps.door.visitOf(request).outcome = statusCode < 300 ? 'ok' : statusCode < 500 ? 'refused' : 'failed'
  if (statusCode === 204) return reply.code(204).send()
  return reply.code(statusCode).type('application/json; charset=utf-8').send(text)
}

async function ask({ subgraph, limits, tokenForItself, log }: Deps, request: FastifyRequest) {
  const headers: Record<string, string> = {
    authorization: `Bearer ${await tokenForItself()}`,
    'content-type': 'application/json',
  }
  for (const name of signedBy) headers[name] = String(request.headers[name])
  propagation.inject(otel.active(), headers)
  try {
    return await send(`${subgraph.url}/payments/notify`, {
      ...{ dispatcher: subgraph.dispatcher, method: 'POST', headers, body: request.body as Buffer },
      ...{ headersTimeout: limits.subgraphTimeoutMs, bodyTimeout: limits.subgraphTimeoutMs },
    })
  } catch (error) {
    log.error({ subgraph: subgraph.name, reason: (error as Error).name }, 'a subgraph did not take a callback')
    throw refuse(503, 'SUBGRAPH_UNAVAILABLE', { subgraph: subgraph.name }, { 'retry-after': '2' })
  }
}
