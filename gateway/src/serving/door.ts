import { type Language, languageOf } from '@linghang/subgraph/errors'
import type { Log } from '@linghang/telemetry'
import { type Context, context as otel, propagation, SpanKind, trace } from '@opentelemetry/api'
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Turns } from '../guards/turns.ts'
import type { Caller, Identify } from '../identity/identify-caller.ts'
import { presentRefusal, type Refusal, RequestRefused, refuse } from '../refusals.ts'
import type { createMeasurements, RequestOutcome } from './measurements.ts'

const tracer = trace.getTracer('linghang.gateway')

/** What is known of a request from its first line on. */
export type Visit = {
  span: Context
  traceId: string
  language: Language
  outcome: RequestOutcome | null
  /** What the log says of it once it is answered; never what was asked with which values, nor what was found. */
  told: { operation?: string; kind?: string; accountId?: string | null; codes?: readonly string[] }
}

type Measurements = ReturnType<typeof createMeasurements>

/** Every request: a span that continues the caller's trace, its id in the answer, one way to say what went wrong. */
export function openDoor(app: FastifyInstance, deps: { log: Log; measurements: Measurements; bodyBytes: number }) {
  const visits = new WeakMap<FastifyRequest, Visit>()
  const visitOf = (request: FastifyRequest): Visit => visits.get(request) ?? startVisit(request)

  const startVisit = (request: FastifyRequest): Visit => {
    const parent = propagation.extract(otel.active(), request.headers)
    const name = `${request.method} ${request.routeOptions?.url ?? 'unknown'}`
    const span = tracer.startSpan(name, { kind: SpanKind.SERVER }, parent)
    const visit: Visit = {
      span: trace.setSpan(parent, span),
      traceId: span.spanContext().traceId,
      language: languageOf(request.headers['accept-language']),
      outcome: null,
      told: {},
    }
    visits.set(request, visit)
    return visit
  }

  const refuseWith = (request: FastifyRequest, reply: FastifyReply, refusal: Refusal): FastifyReply => {
    const visit = visitOf(request)
    visit.outcome = refusal.status < 500 ? 'refused' : 'failed'
    visit.told.codes = [refusal.code]
    const error = presentRefusal(refusal.code, refusal.params, visit.language)
    if (refusal.status === 500) error.extensions.traceId = visit.traceId
    return reply
      .code(refusal.status)
      .headers({ 'x-trace-id': visit.traceId, ...refusal.headers })
      .type('application/json; charset=utf-8')
      .send({ errors: [error] })
  }

  app.addHook('onRequest', (request, reply, done) => {
    const { url } = request.routeOptions
    if (url?.startsWith('/health/') || url === '/metrics') return done()
    const visit = visitOf(request)
    const startedMs = performance.now()
    void reply.header('x-trace-id', visit.traceId)
    reply.raw.once('close', () => {
      trace.getSpan(visit.span)?.setAttribute('http.response.status_code', reply.statusCode).end()
      const tookMs = performance.now() - startedMs
      const outcome = visit.outcome ?? 'ok'
      deps.measurements.countRequest(outcome, tookMs)
      const line = { route: url, status: reply.statusCode, outcome, ms: Math.round(tookMs), ...visit.told }
      deps.log.info({ ...line, traceId: visit.traceId }, 'request')
    })
    otel.with(visit.span, done)
  })
  app.setNotFoundHandler((request, reply) =>
    refuseWith(request, reply, { status: 404, code: 'PATH_UNKNOWN', params: {} }),
  )
  app.setErrorHandler((error: FastifyError, request, reply) => {
    const refusal = error instanceof RequestRefused ? error.refusal : refusalOf(error, request, deps.bodyBytes)
    if (refusal.code === 'INTERNAL') {
      deps.log.error({ err: error, traceId: visitOf(request).traceId }, 'a request failed')
    }
    return refuseWith(request, reply, refusal)
  })
  return { visitOf, refuseWith }
}
export type Door = ReturnType<typeof openDoor>

/** What Fastify finds wrong with a request, in our words; anything else is our fault. */
function refusalOf(error: FastifyError, request: FastifyRequest, limitBytes: number): Refusal {
  switch (error.code) {
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
      return {
        status: 413,
        code: 'BODY_TOO_LARGE',
        params: { found: request.headers['content-length'] ?? `> ${limitBytes}`, limit: limitBytes },
      }
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
      return {
        status: 415,
        code: 'MEDIA_TYPE_UNSUPPORTED',
        params: { found: (request.headers['content-type'] ?? '').slice(0, 80), wanted: 'application/json' },
      }
    default:
      return (error.statusCode ?? 500) < 500
        ? { status: error.statusCode ?? 400, code: 'BODY_NOT_JSON', params: {} }
        : { status: 500, code: 'INTERNAL', params: {} }
  }
}

/**
 * The part behind the door: a request needs a known caller before anything of its body is read, and a turn once it is
 * here, so that whoever sends a body by drops keeps nobody waiting.
 * @returns who asks, for the routes of this part
 */
export function guardDoor(
  app: FastifyInstance,
  deps: { turns: Turns; limit: number; limitEach: number; identify: Identify; door: Door },
) {
  const callers = new WeakMap<FastifyRequest, Caller>()

  app.addHook('onRequest', async request => {
    const caller = await deps.identify(request.headers.authorization)
    callers.set(request, caller)
    deps.door.visitOf(request).told.accountId = caller.actor.accountId
  })

  return {
    callerOf(request: FastifyRequest): Caller {
      const caller = callers.get(request)
      if (!caller) throw refuse(401, 'UNAUTHENTICATED')
      return caller
    },
    /** Runs a route's work in its turn and in its trace, which reading the body has left. */
    async work<T>(request: FastifyRequest, reply: FastifyReply, task: () => Promise<T>): Promise<T> {
      const account = callers.get(request)?.actor.accountId ?? null
      const turn = deps.turns.take(account)
      if (!turn) {
        if (account !== null && deps.turns.isFull(account))
          throw refuse(429, 'TOO_MANY_AT_ONCE', { limit: deps.limitEach }, { 'retry-after': '1' })
        throw refuse(503, 'OVERLOADED', { limit: deps.limit }, { 'retry-after': '1' })
      }
      reply.raw.once('close', turn.closed)
      turn.begin()
      try {
        return await otel.with(deps.door.visitOf(request).span, task)
      } catch (error) {
        // A refusal is small: nobody's place is held while its caller goes on sending.
        turn.closed()
        throw error
      } finally {
        turn.end()
      }
    },
  }
}
export type GuardedDoor = ReturnType<typeof guardDoor>
