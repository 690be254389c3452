import { readFileSync } from 'node:fs'
import {
  type Actor,
  type AsService,
  createAsService,
  createInternalTokenVerifier,
  createTransact,
  type RawTx,
  type Transact,
} from '@linghang/access'
import {
  createKafka,
  ensureTopics,
  type KafkaEnvironment,
  kafkaSecurityOf,
  type Reaction,
  startConsumer,
  startPruning,
  startRelay,
  within,
} from '@linghang/events'
import {
  createLog,
  createPool,
  type Log,
  startTelemetry,
  type Telemetry,
  type TelemetryEnvironment,
} from '@linghang/telemetry'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { parse } from 'graphql'
import type { JSONWebKeySet } from 'jose'
import type pg from 'pg'
import manifest from '../package.json' with { type: 'json' }
import { createLifecycle } from './lifecycle.ts'
import { type Cursors, createCursors } from './paging.ts'
import { type RequestContext, type ResolverMap, startSubgraph } from './server.ts'
import { createEventMetrics, watchFaults, watchPool } from './watch.ts'

export type ServiceEnvironment = TelemetryEnvironment &
  KafkaEnvironment & {
    HOST: string
    PORT: number
    DATABASE_URL: string
    DATABASE_CONNECTIONS?: number | undefined
    KAFKA_BROKERS: string[]
    INTERNAL_TOKEN_JWKS: JSONWebKeySet
    CURSOR_KEY: string
    LOG_LEVEL?: string | undefined
  }

type PrismaLike<Tx extends RawTx> = {
  $transaction<T>(work: (tx: Tx) => Promise<T>, options?: { maxWait?: number; timeout?: number }): Promise<T>
  $disconnect(): Promise<void>
}

/** What a service has when it stands: who is asking, the database, Kafka, and how to stop again. */
export type Standing<Tx extends RawTx> = {
  log: Log
  telemetry: Telemetry
  pool: pg.Pool
  transact: Transact<Tx>
  asService: AsService<Tx>
  cursors: Cursors
  lifecycle: ReturnType<typeof createLifecycle>
}

export type ServiceParts<Context extends RequestContext, Tx extends RawTx> = {
  resolvers: readonly ResolverMap[]
  createContext: (base: RequestContext) => Context
  reactions: { group: string; topics: string[]; reactions: readonly Reaction<Tx>[] }[]
  routes?: (app: FastifyInstance, actorOf: (request: FastifyRequest) => Actor) => void
}

/**
 * Stands a service up in order (telemetry, database, Kafka, relay, reactions, server) and lies it down in the
 * reverse one. Each service's `main.ts` gives its parts; nothing of the field is in here.
 */
export async function standUp<
  Context extends RequestContext,
  Tx extends RawTx,
  Prisma extends PrismaLike<Tx>,
>(options: {
  name: string
  env: ServiceEnvironment
  schemaFile: URL
  createPrisma: (pool: pg.Pool) => Prisma
  build: (standing: Standing<Tx>) => ServiceParts<Context, Tx> | Promise<ServiceParts<Context, Tx>>
}) {
  const { name, env } = options
  const telemetry = startTelemetry({
    service: name,
    version: manifest.version,
    env,
  })
  const log = createLog(name, env.LOG_LEVEL ?? 'info')
  const lifecycle = createLifecycle(log)
  lifecycle.listen()
  lifecycle.add('telemetry', () => telemetry.stop())
  const pool = createPool(env.DATABASE_URL, { max: env.DATABASE_CONNECTIONS ?? 20, applicationName: name })
  lifecycle.add('pool', () => pool.end())
  watchPool(pool)
  const prisma = watchFaults(options.createPrisma(pool))
  lifecycle.add('prisma', () => prisma.$disconnect())
  const transact = createTransact<Tx>(prisma)
  const asService = createAsService<Tx>(prisma)
  const kafka = createKafka(name, env.KAFKA_BROKERS, log, kafkaSecurityOf(env))
  const eventMetrics = createEventMetrics(asService)
  const parts = await options.build({
    log,
    telemetry,
    pool,
    transact,
    asService,
    cursors: createCursors(env.CURSOR_KEY),
    lifecycle,
  })

  await ensureTopics(kafka)
  const relay = startRelay({
    kafka,
    databaseUrl: env.DATABASE_URL,
    source: name,
    log,
    onPublished: eventMetrics.onPublished,
    onRefused: lifecycle.fail,
  })
  lifecycle.add('relay', () => relay.stop())
  const pruning = startPruning({ asService, log })
  lifecycle.add('pruning', () => pruning.stop())
  const consumers = parts.reactions.map(({ group, topics, reactions }) => {
    const consumer = startConsumer<Tx>({
      kafka,
      group,
      topics,
      transact,
      asService,
      reactions,
      log,
      onLag: eventMetrics.onLag(group),
      onDeadLetter: eventMetrics.onDeadLetter(group, topics),
      onCrash: lifecycle.fail,
    })
    lifecycle.add(group, () => consumer.stop())
    return consumer
  })
  await within(Promise.all(consumers.map(consumer => consumer.started)), 60_000, 'Kafka')

  const server = await startSubgraph<Context>({
    name,
    host: env.HOST,
    port: env.PORT,
    typeDefs: parse(readFileSync(options.schemaFile, 'utf8')),
    resolvers: parts.resolvers,
    verify: createInternalTokenVerifier(env.INTERNAL_TOKEN_JWKS),
    createContext: parts.createContext,
    telemetry,
    log,
    ready: async () => (await pool.query('select 1')).rowCount === 1,
    ...(parts.routes ? { routes: parts.routes } : {}),
  })
  lifecycle.add('server', () => server.stop())
  return { url: server.url, stop: () => lifecycle.stop() }
}
