import type { Log } from '@linghang/telemetry'
import { context as otel, propagation } from '@opentelemetry/api'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { type Dispatcher, request as send } from 'undici'
import type { Turns } from '../guards/turns.ts'
import type { Limits } from '../limits.ts'
import { refuse } from '../refusals.ts'
import type { Door } from '../serving/door.ts'

type Deps = {
  /** The service that keeps the calendars. */
  subgraph: { name: string; url: string; dispatcher: Dispatcher }
  turns: Turns
  limits: Limits
  door: Door
  tokenForItself: () => Promise<string>
  log: Log
}

const passedOn = ['content-type', 'content-disposition', 'cache-control', 'etag'] as const
// 256 bits in base64url; anything else costs no call.
const secretFile = /^[\w-]{43}\.ics$/

/**
 * `GET /calendar/<secret>.ics`: calendar programs carry no token, so the secret in the address is the key and the
 * gateway asks in its own name. It takes a turn like any other request.
 */
export function calendarRoutes(app: FastifyInstance, deps: Deps): void {
  app.get<{ Params: { file: string } }>('/calendar/:file', async (request, reply) => {
    const { file } = request.params
    if (!secretFile.test(file)) throw refuse(404, 'PATH_UNKNOWN')
    const turn = deps.turns.take()
    if (!turn) throw refuse(503, 'OVERLOADED', { limit: deps.limits.inFlight }, { 'retry-after': '1' })
    reply.raw.once('close', turn.closed)
    turn.begin()
    try {
      return await otel.with(deps.door.visitOf(request).span, () => forward(deps, request, reply, file))
    } finally {
      turn.end()
    }
  })
}

async function forward(deps: Deps, request: FastifyRequest, reply: FastifyReply, file: string): Promise<FastifyReply> {
  const answer = await ask(deps, file, request.headers['if-none-match'])
  if (answer.statusCode !== 200 && answer.statusCode !== 304) {
    await answer.body.dump()
    throw refusalOf(deps, answer)
  }
  for (const name of passedOn) {
    const value = answer.headers[name]
    if (value !== undefined) void reply.header(name, value)
  }
  deps.door.visitOf(request).outcome = 'ok'
  return reply.code(answer.statusCode).send(answer.body)
}

/** What is wrong with a secret is not said: unknown, revoked and no longer allowed are one answer. */
function refusalOf({ subgraph }: Deps, { statusCode }: Dispatcher.ResponseData) {
  if (statusCode === 404) return refuse(404, 'PATH_UNKNOWN')
  if (statusCode === 429) return refuse(429, 'ASKED_TOO_OFTEN', { afterSeconds: 300 }, { 'retry-after': '300' })
  return refuse(503, 'SUBGRAPH_UNAVAILABLE', { subgraph: subgraph.name }, { 'retry-after': '5' })
}

async function ask(
  { subgraph, limits, tokenForItself, log }: Deps,
  file: string,
  known: string | undefined,
): Promise<Dispatcher.ResponseData> {
  const headers: Record<string, string> = { authorization: `Bearer ${await tokenForItself()}` }
  if (known) headers['if-none-match'] = known
  propagation.inject(otel.active(), headers)
  try {
    return await send(`${subgraph.url}/calendar/${file}`, {
      dispatcher: subgraph.dispatcher,
      method: 'GET',
      headers,
      headersTimeout: limits.subgraphTimeoutMs,
      bodyTimeout: limits.subgraphTimeoutMs,
    })
  } catch (error) {
    log.error({ subgraph: subgraph.name, reason: (error as Error).name }, 'a subgraph did not give a calendar')
    throw refuse(503, 'SUBGRAPH_UNAVAILABLE', { subgraph: subgraph.name }, { 'retry-after': '2' })
  }
}
