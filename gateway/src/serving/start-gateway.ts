import { type Health, healthRoutes, tellToClose } from '@linghang/subgraph'
import { answerWhileSending } from '@linghang/subgraph/answer-while-sending'
import type { Log } from '@linghang/telemetry'
import fastify, { type FastifyBaseLogger, LogController } from 'fastify'
import { Pool } from 'undici'
import { calendarRoutes } from '../calendar/forward-calendar.ts'
import { fileRoutes } from '../files/forward-files.ts'
import { createPrices } from '../guards/prices.ts'
import { createTurns } from '../guards/turns.ts'
import type { Identify } from '../identity/identify-caller.ts'
import type { Limits } from '../limits.ts'
import { callbackRoutes } from '../payments/forward-callbacks.ts'
import { loadSupergraph } from '../supergraph/load-supergraph.ts'
import { startApollo } from './apollo.ts'
import { type BrowserOptions, openToBrowsers } from './browsers.ts'
import { guardDoor, openDoor } from './door.ts'
import { explorerRoutes } from './explorer.ts'
import { graphqlRoute } from './graphql-route.ts'
import { createMeasurements } from './measurements.ts'
import { metricsForThisMachine } from './metrics-route.ts'
import { createSchemaRoute } from './schema-route.ts'
import { createSubgraphSource } from './subgraph-source.ts'

export type GatewayOptions = {
  host: string
  port: number
  publicUrl: string
  supergraphFile: string
  pools: SubgraphPools
  limits: Limits
  browsers: BrowserOptions
  /** Whether GraphiQL is served at /explorer. */
  explorer: boolean
  identify: Identify
  /** A token for what the gateway asks in its own name. */
  tokenForItself: () => Promise<string>
  log: Log
  nowMs: () => number
  /** Told at `port`, metrics to this machine alone; null: at a port of their own. */
  health: Health | null
  isEnding: () => boolean
}

export type SubgraphPools = ReadonlyMap<string, { name: string; url: string; dispatcher: Pool }>

const withFiles = ['org', 'members', 'dues', 'assessment']
const headersTimeoutMs = 15_000
const answerBytes = 64 * 1024 * 1024

/**
 * A pool of kept connections for each subgraph.
 * @param urls subgraph -> base URL
 */
export const createPools = (urls: Record<string, string>): SubgraphPools =>
  new Map(
    Object.entries(urls).map(([name, url]) => {
      const dispatcher = new Pool(new URL(url).origin, {
        connections: 64,
        keepAliveTimeout: 30_000,
        connect: { timeout: 2_000 },
        maxResponseSize: answerBytes,
      })
      return [name, { name, url, dispatcher }]
    }),
  )

/** The one door of the platform over HTTP. @throws Error when the supergraph does not load or the port is taken */
export async function startGateway(options: GatewayOptions) {
  const { limits, log, pools } = options
  const turns = createTurns(limits.inFlight, limits.inFlightEach)
  const measurements = createMeasurements(turns.count, [...pools.keys()])
  const gateway = loadSupergraph({
    file: options.supergraphFile,
    countReload: measurements.countReload,
    log,
    buildSource: name => {
      const subgraph = pools.get(name)
      if (!subgraph)
        throw new Error(`the supergraph has a subgraph ${name}, and SUBGRAPH_URLS does not say where it is`)
      return createSubgraphSource({
        name,
        path: `${new URL(subgraph.url).pathname.replace(/\/$/, '')}/graphql`,
        pool: subgraph.dispatcher,
        timeoutMs: limits.subgraphTimeoutMs,
        nowMs: options.nowMs,
        countFetch: measurements.countFetch,
        log,
      })
    },
  })
  // Both ask to be told of the schema before it is loaded for the first time.
  const priceOf = createPrices(gateway, limits, options.nowMs)
  const schemaRoute = createSchemaRoute(gateway)
  const apollo = await startApollo(gateway, limits, log)

  const app = fastify({
    loggerInstance: log as FastifyBaseLogger,
    logController: new LogController({ disableRequestLogging: true }),
    requestTimeout: limits.uploadTimeoutMs,
    http: { headersTimeout: headersTimeoutMs },
    // What comes on a kept connection while the last answers go out is answered too.
    return503OnClosing: false,
  })
  answerWhileSending(app)
  tellToClose(app, options.isEnding)
  app.removeContentTypeParser('text/plain')
  const door = openDoor(app, { log, measurements, bodyBytes: limits.bodyBytes })
  await openToBrowsers(app, options.browsers)
  if (options.health) {
    healthRoutes(app, options.health)
    metricsForThisMachine(app, options.health.metricsText)
  }
  schemaRoute(app)
  app.get('/', async () => ({
    name: '领航 Linghang',
    about: '全市党建工作一个平台的统一接口 / The one API of the city’s party-affairs platform',
    schema: `GET ${options.publicUrl.replace(/\/$/, '')}/schema.graphql`,
    graphql: `POST ${options.publicUrl.replace(/\/$/, '')}/graphql`,
    ...(options.explorer ? { explorer: `${options.publicUrl.replace(/\/$/, '')}/explorer` } : {}),
    howToSignIn: '请求头 Authorization: Bearer <访问令牌> / send an access token of the identity provider as Bearer',
  }))
  app.route({
    method: ['GET', 'HEAD', 'PUT', 'DELETE', 'PATCH', 'OPTIONS'],
    url: '/graphql',
    handler: (request, reply) =>
      door.refuseWith(request, reply, {
        status: 405,
        code: 'METHOD_NOT_ALLOWED',
        params: { found: request.method, wanted: 'POST' },
        headers: { allow: 'POST' },
      }),
  })
  if (options.explorer) await explorerRoutes(app)
  const workflows = pools.get('workflows')
  if (workflows) {
    const { tokenForItself } = options
    calendarRoutes(app, { subgraph: workflows, turns, limits, door, tokenForItself, log })
  }
  const dues = pools.get('dues')
  if (dues) callbackRoutes(app, { subgraph: dues, turns, limits, door, tokenForItself: options.tokenForItself, log })
  await app.register(async scope => {
    const guarded = guardDoor(scope, {
      turns,
      limit: limits.inFlight,
      limitEach: limits.inFlightEach,
      identify: options.identify,
      door,
    })
    const { countShared } = measurements
    graphqlRoute(scope, { apollo, priceOf, door, guarded, limits, countShared, nowMs: options.nowMs })
    await scope.register(async files => {
      const services = new Map([...pools].filter(([name]) => withFiles.includes(name)))
      fileRoutes(files, { services, door, guarded, limits, log })
    })
  })
  await app.listen({ host: options.host, port: options.port })
  const address = app.server.address()
  const port = typeof address === 'object' && address ? address.port : options.port
  log.info({ port }, 'ready')
  return {
    url: `http://${options.host}:${port}`,
    /** Lets running requests finish, takes no new ones. */
    async stop(): Promise<void> {
      await app.close()
      await apollo.stop()
      await Promise.all([...pools.values()].map(({ dispatcher }) => dispatcher.close()))
    },
  }
}
export type RunningGateway = Awaited<ReturnType<typeof startGateway>>
