import { ApolloServer } from '@apollo/server'
import { unwrapResolverError } from '@apollo/server/errors'
import { ApolloServerPluginInlineTraceDisabled } from '@apollo/server/plugin/disabled'
import { buildSubgraphSchema, type GraphQLResolverMap } from '@apollo/subgraph'
import fastifyApollo, { fastifyApolloDrainPlugin } from '@as-integrations/fastify'
import { type Actor, InternalTokenRefused } from '@linghang/access'
import type { Log } from '@linghang/telemetry'
import { context as otel, propagation, SpanKind, type Context as TraceContext, trace } from '@opentelemetry/api'
import fastify, {
  type FastifyBaseLogger,
  type FastifyError,
  type FastifyInstance,
  type FastifyRequest,
  LogController,
} from 'fastify'
import { type DocumentNode, GraphQLError, type GraphQLFormattedError, GraphQLScalarType } from 'graphql'
import { answer, refusalOf, statusOf } from './answer.ts'
import { answerWhileSending } from './answer-while-sending.ts'
import { type Language, languageOf } from './errors.ts'
import { type Health, healthRoutes, metricsRoute } from './health.ts'
import { createScopeGuard, requireScopes } from './scopes.ts'
import { tellToClose } from './tell-to-close.ts'
import { createRequestMetrics } from './watch.ts'

/** Resolvers by type and field, of whatever service: a room's own are typed by its contract (`Resolvers`). */
export type ResolverMap = Readonly<Record<string, object | undefined>>

/** Who asks, and in which language errors and texts are told first. */
export type Asker = { actor: Actor; language: Language }

export type SubgraphOptions<Context extends Asker> = {
  name: string
  host: string
  port: number
  typeDefs: DocumentNode
  /** The rooms' resolvers; two rooms may add fields to one type. */
  resolvers: readonly ResolverMap[]
  verify: (token: string | undefined, nowMs: number) => Promise<Actor>
  /** Loaders and the like, made anew for each request. */
  createContext: (asker: Asker) => Context
  log: Log
  /** Told at this port; null: at one of their own. */
  health: Health | null
  isEnding: () => boolean
  /** Plain HTTP beside GraphQL: uploads, downloads. */
  routes?: (app: FastifyInstance, actorOf: (request: FastifyRequest) => Actor) => void
}

const tracer = trace.getTracer('linghang.subgraph')
const bodyLimitBytes = 1_048_576
/** Steps of a plan that come in one request; the gateway sends no more. */
const fetchesAtMost = 20
const maskedError = { zh: '系统出错，请稍后再试', en: 'Something failed on our side: please try again later' }

/**
 * A subgraph over HTTP. It answers nobody but the gateway: each request carries the gateway's short-lived token, is
 * verified here again, and everything the request may see follows from the actor in it.
 */
export async function startSubgraph<Context extends Asker>(options: SubgraphOptions<Context>) {
  const app = fastify({
    loggerInstance: options.log as FastifyBaseLogger,
    bodyLimit: bodyLimitBytes,
    logController: new LogController({ disableRequestLogging: true }),
    requestTimeout: 30_000,
    // What comes on a kept connection while the last answers go out is answered too.
    return503OnClosing: false,
  })
  answerWhileSending(app)
  tellToClose(app, options.isEnding)
  const actors = new WeakMap<FastifyRequest, Actor>()
  const actorOf = (request: FastifyRequest): Actor => {
    const actor = actors.get(request)
    if (!actor) throw new InternalTokenRefused('no actor')
    return actor
  }

  if (options.health) {
    healthRoutes(app, options.health)
    metricsRoute(app, options.health.metricsText)
  }

  app.addHook('onRequest', async (request, reply) => {
    if (request.url.startsWith('/health/') || request.url === '/metrics') return
    const header = request.headers.authorization
    try {
      actors.set(request, await options.verify(header?.startsWith('Bearer ') ? header.slice(7) : undefined, Date.now()))
    } catch (error) {
      if (!(error instanceof InternalTokenRefused)) throw error
      return reply
        .code(401)
        .send({ errors: [{ message: 'only the gateway is answered here', extensions: { code: 'UNAUTHENTICATED' } }] })
    }
    // GraphQL is told apart operation by operation, further in.
    if (request.routeOptions.url === '/graphql') return
    const doing = request.method === 'GET' ? 'READ' : 'WRITE'
    return answer(reply, () => requireScopes(actorOf(request), options.name, doing))
  })
  // The whole request runs inside the caller's trace. It is entered where the handler begins: reading a body loses it.
  const spans = new WeakMap<FastifyRequest, TraceContext>()
  const countRequest = createRequestMetrics()
  app.addHook('onRequest', async (request, reply) => {
    const parent = propagation.extract(otel.active(), request.headers)
    const name = `${options.name} ${request.method} ${request.routeOptions.url ?? ''}`
    const span = tracer.startSpan(name, { kind: SpanKind.SERVER }, parent)
    spans.set(request, trace.setSpan(parent, span))
    const startedMs = performance.now()
    reply.raw.once('close', () => {
      span.setAttribute('http.response.status_code', reply.statusCode).end()
      countRequest(request.routeOptions.url ?? 'unknown', reply.statusCode, performance.now() - startedMs)
    })
  })
  app.addHook('preValidation', async (request, reply) => {
    if (Array.isArray(request.body) && request.body.length > fetchesAtMost)
      return reply.code(400).send({ code: 'BAD_INPUT', params: { found: request.body.length, limit: fetchesAtMost } })
  })
  app.addHook('preHandler', (request, _, done) => otel.with(spans.get(request) ?? otel.active(), done))
  // GraphQL formats its own errors; what a plain route lets escape is ours to log, and says no more than that it failed.
  app.setErrorHandler((error: FastifyError, request, reply) => {
    const refusal = refusalOf(error)
    if (refusal) return reply.code(statusOf(refusal.code)).send(refusal)
    const status = error.statusCode ?? 500
    const traceId = trace.getSpan(spans.get(request) ?? otel.active())?.spanContext().traceId ?? null
    if (status < 500) return reply.code(status).send({ code: 'BAD_INPUT' })
    options.log.error({ err: error, route: request.routeOptions.url, traceId }, 'a request failed')
    return reply
      .code(500)
      .send({ code: 'INTERNAL', messages: { 'zh-CN': maskedError.zh, en: maskedError.en }, params: { traceId } })
  })
  options.routes?.(app, actorOf)

  const apollo = new ApolloServer<Context>({
    schema: buildSubgraphSchema([{ typeDefs: options.typeDefs, resolvers: merge(options.resolvers) }]),
    introspection: false,
    // The gateway carries the steps of a plan together; nobody else is answered here.
    allowBatchedHttpRequests: true,
    // The lifecycle stops everything in order; Apollo's own handler would end the process in the middle of it.
    stopOnTerminationSignals: false,
    includeStacktraceInErrorResponses: false,
    csrfPrevention: false,
    formatError: (formatted, error) => formatError(options.log, formatted, error),
    // Inline traces go to Apollo's reporting; ours go to OpenTelemetry.
    plugins: [fastifyApolloDrainPlugin(app), ApolloServerPluginInlineTraceDisabled(), createScopeGuard(options.name)],
  })
  await apollo.start()
  await app.register(fastifyApollo(apollo), {
    path: '/graphql',
    method: ['POST'],
    context: async request =>
      options.createContext({ actor: actorOf(request), language: languageOf(request.headers['accept-language']) }),
  })
  await app.listen({ host: options.host, port: options.port })
  const address = app.server.address()
  const port = typeof address === 'object' && address ? address.port : options.port
  options.log.info({ port }, 'ready')
  return {
    url: `http://${options.host}:${port}`,
    /** Lets running requests finish, takes no new ones. */
    async stop(): Promise<void> {
      await apollo.stop()
      await app.close()
    },
  }
}
export type RunningSubgraph = Awaited<ReturnType<typeof startSubgraph>>

function formatError(log: Log, formatted: GraphQLFormattedError, error: unknown): GraphQLFormattedError {
  const cause = error instanceof GraphQLError && error.originalError ? error.originalError : unwrapResolverError(error)
  const refusal = refusalOf(cause)
  if (refusal) return { ...formatted, message: refusal.messages['zh-CN'], extensions: refusal }
  const code = formatted.extensions?.code
  if (cause instanceof GraphQLError && code && code !== 'INTERNAL_SERVER_ERROR')
    return { ...formatted, extensions: { code } }
  const traceId = trace.getActiveSpan()?.spanContext().traceId ?? null
  log.error({ err: cause, path: formatted.path, traceId }, 'a request failed')
  return {
    message: maskedError.zh,
    ...(formatted.path ? { path: formatted.path } : {}),
    extensions: { code: 'INTERNAL', traceId, messages: { 'zh-CN': maskedError.zh, en: maskedError.en } },
  }
}

/** One map of all; that each resolver has its field is checked as the schema is built of them. */
function merge(maps: readonly ResolverMap[]): GraphQLResolverMap<unknown> {
  const merged: Record<string, object> = {}
  for (const [type, fields] of maps.flatMap(map => Object.entries(map))) {
    merged[type] = fields instanceof GraphQLScalarType ? fields : { ...merged[type], ...fields }
  }
  return merged as GraphQLResolverMap<unknown>
}
