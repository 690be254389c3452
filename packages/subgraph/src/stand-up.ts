import { readFileSync } from 'node:fs'
import {
  type Actor,
  type AsService,
  createAsService,
  createInternalTokenVerifier,
  createPerform,
  createTransact,
  type Perform,
  type RawTx,
  type Surroundings,
  surroundings,
  type Transact,
  type Work,
} from '@linghang/access'
import { createPool, firstContact, type Pool } from '@linghang/database'
import {
  createKafka,
  ensureTopics,
  groupPrefixOf,
  type KafkaEnvironment,
  kafkaSecurityOf,
  meetKafka,
  requireGroups,
  requireOutboxSession,
  startConsumer,
  startLagWatch,
  startPruning,
  startRelay,
  wantedTopics,
  within,
  writtenBy,
} from '@linghang/events'
import {
  createLog,
  identityOf,
  type Log,
  startTelemetry,
  type Telemetry,
  type TelemetryEnvironment,
} from '@linghang/telemetry'
import type { FastifyRequest } from 'fastify'
import { parse } from 'graphql'
import type { JSONWebKeySet } from 'jose'
import manifest from '../package.json' with { type: 'json' }
import { languageOf } from './errors.ts'
import { type Health, startManagement } from './health.ts'
import { createLifecycle } from './lifecycle.ts'
import { createCursors, type Keys } from './paging.ts'
import { endingOf, type ProcessEnvironment } from './process-environment.ts'
import { createContexts } from './request-context.ts'
import { errorsOf, type Room, readersOf, resolversOf } from './room.ts'
import { followSecrets } from './secret-files.ts'
import { startSubgraph } from './server.ts'
import { createEventMetrics, watchFaults, watchPool } from './watch.ts'
import { watchDatabase } from './watch-database.ts'

export type ServiceEnvironment = TelemetryEnvironment &
  ProcessEnvironment &
  KafkaEnvironment & {
    HOST: string
    PORT: number
    DATABASE_URL: string
    DATABASE_DIRECT_URL?: string | undefined
    DATABASE_CONNECTIONS?: number | undefined
    DATABASE_KEPT_STATEMENTS?: number | undefined
    KAFKA_BROKERS: string[]
    INTERNAL_TOKEN_JWKS: JSONWebKeySet
    CURSOR_KEY: Keys
    LOG_LEVEL?: string | undefined
  }

type PrismaLike<Tx extends RawTx> = {
  $transaction<T>(work: (tx: Tx) => Promise<T>, options?: { maxWait?: number; timeout?: number }): Promise<T>
  $disconnect(): Promise<void>
}

/** What a service is built on: the database, time and ids, and how to stop again. */
export type Ground<Tx extends RawTx> = Surroundings & {
  log: Log
  telemetry: Telemetry
  pool: Pool
  transact: Transact<Tx>
  asService: AsService<Tx>
  lifecycle: ReturnType<typeof createLifecycle>
}

/** What tests may give a service instead of its own: another supervision, another clock. */
export type Replaced = Partial<Surroundings>

type Built<Tx extends RawTx, Own extends object> = {
  /** What this service's use cases need beside what all have. */
  ownOf: (actor: Actor) => Own | Promise<Own>
  /** Bottom floor first. */
  rooms: readonly Room<Work<Tx> & Own>[]
  /** What runs beside requests and stops before them. */
  beside?: (perform: Perform<Work<Tx> & Own>) => Readonly<Record<string, { stop(): Promise<void> }>>
}

/** What a service is made of: its name, its contract, its database's client, and its rooms once it has ground. */
export type Plan<Tx extends RawTx, Prisma extends PrismaLike<Tx>, Own extends object> = {
  name: string
  env: ServiceEnvironment
  schemaFile: URL
  createPrisma: (pool: Pool) => Prisma
  replaced: Replaced
  build: (ground: Ground<Tx>) => Built<Tx, Own>
}

/**
 * Stands a service up in order (telemetry, database, Kafka, relay, reactions, server) and lies it down in the
 * reverse one. A service is the list of its rooms; nothing of the field is in here.
 * @throws Error when two rooms own one error code
 */
export async function standUp<Tx extends RawTx, Prisma extends PrismaLike<Tx>, Own extends object>(
  options: Plan<Tx, Prisma, Own>,
) {
  const { name, env } = options
  const given = { ...surroundings, ...options.replaced }
  const identity = identityOf(name, manifest.version, env)
  const telemetry = startTelemetry({ identity, env })
  const log = createLog(identity, env.LOG_LEVEL ?? 'info')
  const lifecycle = createLifecycle(log, endingOf(env))
  lifecycle.listen()
  lifecycle.add('telemetry', () => telemetry.stop())
  const secrets = followSecrets(env, log)
  lifecycle.add('secrets', () => secrets.stop())
  await firstContact(env)
  await requireOutboxSession(env.DATABASE_DIRECT_URL ?? env.DATABASE_URL)
  const security = kafkaSecurityOf(env)
  await meetKafka(name, env.KAFKA_BROKERS, security)
  const pool = createPool(() => env.DATABASE_URL, {
    ...{ max: env.DATABASE_CONNECTIONS ?? 20, applicationName: name },
    // A name is the session's that it was given in, and a pooler lends another one to the next transaction.
    keep: { most: env.DATABASE_KEPT_STATEMENTS ?? (env.DATABASE_DIRECT_URL === undefined ? undefined : 0) },
  })
  lifecycle.add('pool', () => pool.end())
  watchPool(pool)
  watchDatabase(pool)
  const prisma = watchFaults(options.createPrisma(pool))
  lifecycle.add('prisma', () => prisma.$disconnect())
  const health: Health = {
    ...{ metricsText: telemetry.metricsText, lifecycle },
    ready: async () => (await pool.query('select 1')).rowCount === 1,
  }
  if (env.MANAGEMENT_PORT !== undefined) {
    // Before all that may be waited for: whoever looks after a process that is slow to start is answered.
    const management = await startManagement({ ...health, host: env.HOST, port: env.MANAGEMENT_PORT, log })
    lifecycle.add('management', management.stop)
  }
  const transact = createTransact<Tx>(prisma)
  const asService = createAsService<Tx>(prisma)
  const kafka = createKafka(name, env.KAFKA_BROKERS, log, security)
  const eventMetrics = createEventMetrics(asService)
  const ground = { ...given, log, telemetry, pool, transact, asService, lifecycle }
  const { ownOf, rooms, beside } = options.build(ground)
  errorsOf(rooms)
  const perform = createPerform(transact, given, ownOf)
  for (const [what, running] of Object.entries(beside?.(perform) ?? {})) lifecycle.add(what, () => running.stop())

  const readers = readersOf(name, rooms)
  const read = readers.flatMap(reader => reader.topics)
  await ensureTopics(kafka, [...new Set([...writtenBy(name), ...read])], wantedTopics(env))
  const groupIds = readers.map(({ group }) => `${groupPrefixOf(env)}${group}`)
  await requireGroups(name, env.KAFKA_BROKERS, security, groupIds)
  const relay = startRelay({
    kafka,
    databaseUrl: () => env.DATABASE_DIRECT_URL ?? env.DATABASE_URL,
    source: name,
    log,
    onPublished: eventMetrics.onPublished,
    onRefused: lifecycle.fail,
  })
  lifecycle.add('relay', () => relay.stop())
  const pruning = startPruning({ asService, log })
  lifecycle.add('pruning', () => pruning.stop())
  const consumers = readers.map(({ group, topics, reactions }) => {
    const consumer = startConsumer({
      kafka,
      group,
      groupPrefix: groupPrefixOf(env),
      topics,
      perform,
      asService,
      reactions,
      log,
      onHeard: eventMetrics.onHeard(group),
      onDeadLetter: eventMetrics.onDeadLetter(group, topics),
      onCrash: lifecycle.fail,
    })
    lifecycle.add(group, () => consumer.stop())
    return { ...consumer, group, topics }
  })
  const lagWatch = startLagWatch({ kafka, groups: consumers, groupPrefix: groupPrefixOf(env), log })
  lifecycle.add('lag watch', () => lagWatch.stop())
  eventMetrics.watchLag(lagWatch)
  await within(Promise.all(consumers.map(consumer => consumer.started)), 60_000, 'Kafka')

  const typeDefs = parse(readFileSync(options.schemaFile, 'utf8'))
  const createContext = createContexts(
    perform,
    createCursors(() => env.CURSOR_KEY),
    given.now,
  )
  const server = await startSubgraph({
    name,
    host: env.HOST,
    port: env.PORT,
    typeDefs,
    resolvers: resolversOf(typeDefs, rooms),
    verify: createInternalTokenVerifier(() => env.INTERNAL_TOKEN_JWKS),
    createContext,
    log,
    health: env.MANAGEMENT_PORT === undefined ? health : null,
    isEnding: lifecycle.isEnding,
    routes(app, actorOf) {
      const contextOf = (request: FastifyRequest) =>
        createContext({ actor: actorOf(request), language: languageOf(request.headers['accept-language']) })
      for (const route of rooms.flatMap(({ routes }) => routes ?? [])) route(app, contextOf)
    },
  })
  lifecycle.add('server', () => server.stop())
  lifecycle.begun()
  return { url: server.url, stop: () => lifecycle.stop() }
}
