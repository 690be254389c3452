import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import {
  addAccounts,
  addClient,
  assertPortFree,
  claimServer,
  type IdentityProvider,
  type KafkaServer,
  type NewAccount,
  type NewClient,
  type PaymentSandbox,
  type PostgresServer,
  provision,
  type RunningServer,
  type StackFault,
  startIdentityProvider,
  startKafka,
  startPaymentSandbox,
  startPostgres,
  startTemporal,
  type TemporalServer,
} from '@linghang/devstack'
import { loginUrl, type ServiceName, services } from '@linghang/migrations'
import { generateClients, migrateAll } from './databases.ts'
import { repositoryDir } from './env.ts'
import { assertDiskSpace, claimStateDir, recordPlatform } from './preconditions.ts'
import {
  type Addresses,
  choosePorts,
  environmentOf,
  type ProcessName,
  processNames,
  startProcess,
} from './processes.ts'
import { loadSecrets, type Secrets } from './secrets.ts'
import { type Supervised, supervise } from './supervise.ts'

/** One line of progress of the platform. */
export interface PlatformProgress {
  step: string
  detail: string
  elapsedMs?: number
}

/** A process of the platform: ours or a server. It is brought back by itself when it ends. */
export interface PlatformProcess {
  readonly pid: number | null
  kill(signal: NodeJS.Signals): void
  /** Resolves when it is ready: after `kill` when it is ready again. */
  whenReady(): Promise<void>
}

/** The platform on this machine. */
export interface Platform {
  stateDir: string
  gatewayUrl: string
  addresses: Addresses
  /** Every process by name: gateway, the five services, worker, postgres, kafka, temporal, identity, payments. */
  processes: Record<string, PlatformProcess>
  /** Superuser's URL of a service's database, for tests and operators. */
  databaseUrl(service: ServiceName): string
  /** Lets people sign in at the local identity provider, from now on. */
  addAccounts(accounts: NewAccount[]): Promise<void>
  addClient(client: NewClient): Promise<void>
  /** Settles when a process has ended too often to be brought back. */
  failed: Promise<StackFault>
  /** Ends everything in order: gateway, services, worker, servers. */
  stop(): Promise<void>
}

/** Options of `startPlatform`. */
export interface PlatformOptions {
  stateDir: string
  /** Default 4000. */
  gatewayPort?: number
  /** More variables for our processes. */
  env?: Record<string, string>
  /** The checkout whose services run; default this one. */
  root?: string
  /** Gives up between two steps of the start. */
  signal?: AbortSignal
  report: (event: PlatformProgress) => void
}

/** What one start gathers, so that everything can be ended from any point of it. */
interface Run {
  options: Required<Omit<PlatformOptions, 'signal'>> & { signal: AbortSignal | undefined }
  started: Map<string, Supervised>
  fail(fault: StackFault): void
}

const serverNames = ['kafka', 'temporal', 'identity', 'payments', 'postgres'] as const
const namespace = 'linghang'

/** Files of the local identity provider in a state folder. */
export const identityFiles = (stateDir: string): { accountsFile: string; clientsFile: string } => ({
  accountsFile: join(stateDir, 'accounts.json'),
  clientsFile: join(stateDir, 'clients.json'),
})

const keep = async (
  run: Run,
  name: string,
  start: (onSpawn: (server: RunningServer) => void) => Promise<RunningServer>,
): Promise<void> => {
  const supervised = await supervise({
    name,
    start,
    onExit: (ended, exit) =>
      run.options.report({ step: ended, detail: `ended (${exit.signal ?? exit.code}), is brought back` }),
    onGiveUp: run.fail,
  })
  run.started.set(name, supervised)
}

/** Starts a server once, then keeps it at the port that it got: everybody else holds its address. */
const keepServer = async <S extends RunningServer>(
  run: Run,
  name: string,
  start: (port: number | undefined) => Promise<S>,
): Promise<S> => {
  let first: S | undefined
  await keep(run, name, async () => {
    const server = await start(first?.pid == null ? undefined : first.port)
    first ??= server
    return server
  })
  if (!first) throw new Error(`${name} has not been started`)
  return first
}

interface Servers {
  postgres: PostgresServer
  kafka: KafkaServer
  temporal: TemporalServer
  identity: IdentityProvider
  payments: PaymentSandbox
}

/** Waits for all, so that what has been started is known, then throws the failure that came first. */
const settled = async (work: readonly Promise<unknown>[], onFailure?: () => void): Promise<void> => {
  const failures: unknown[] = []
  await Promise.all(
    work.map(one =>
      one.catch(error => {
        failures.push(error)
        onFailure?.()
      }),
    ),
  )
  if (failures.length > 0) throw failures[0]
}

/** Starts the servers side by side; the databases are brought up to date while Kafka, the slowest, is still starting. */
const startServers = async (run: Run, secrets: Secrets): Promise<Servers> => {
  const { stateDir, report } = run.options
  const migrated = async (postgres: PostgresServer): Promise<PostgresServer> => {
    await migrateAll(postgres, secrets.loginPassword, detail => report({ step: 'migrate', detail }))
    return postgres
  }
  const begin = (port: number | undefined) => ({ stateDir, report, ...(port === undefined ? {} : { port }) })
  const started = keepServer(run, 'postgres', port => startPostgres(begin(port)))
  const postgresUrl = async () => (await started).superuserUrl
  const work = [
    started.then(migrated),
    keepServer(run, 'kafka', port => startKafka(begin(port))),
    keepServer(run, 'temporal', port => startTemporal({ ...begin(port), namespace, postgresUrl })),
    keepServer(run, 'identity', port => startIdentityProvider({ ...begin(port), ...identityFiles(stateDir) })),
    keepServer(run, 'payments', port => startPaymentSandbox(begin(port))),
  ] as const
  await settled(work)
  const [postgres, kafka, temporal, identity, payments] = await Promise.all(work)
  return { postgres, kafka, temporal, identity, payments }
}

const startProcesses = async (run: Run, servers: Servers, secrets: Secrets, addresses: Addresses): Promise<void> => {
  const { root, stateDir, env, report } = run.options
  const databaseUrl = (service: ServiceName): string =>
    loginUrl(servers.postgres.superuserUrl, service, secrets.loginPassword)
  const starting = new Map<ProcessName, RunningServer>()
  const start = async (name: ProcessName): Promise<void> => {
    const begunAt = performance.now()
    const variables = { ...environmentOf(name, addresses, secrets, databaseUrl), ...env }
    const port = addresses.ports[name]
    await keep(run, name, onSpawn => {
      const noted = (server: RunningServer): void => {
        starting.set(name, server)
        onSpawn(server)
      }
      return startProcess({ name, root, stateDir, port, env: variables, onSpawn: noted })
    })
    starting.delete(name)
    report({ step: name, detail: `ready on 127.0.0.1:${port}`, elapsedMs: Math.round(performance.now() - begunAt) })
  }
  report({ step: 'services', detail: 'start' })
  // When one dies at the start, nobody waits for the others to be ready.
  const endAll = (): void => {
    for (const server of starting.values()) server.kill('SIGTERM')
  }
  // The gateway loads while the others do; it is ready once they are.
  await settled([...services, 'worker' as const, 'gateway' as const].map(start), endAll)
  run.options.signal?.throwIfAborted()
}

const stopAll = async (run: Run): Promise<void> => {
  const stop = async (name: string): Promise<void> => {
    await run.started.get(name)?.stop()
    run.started.delete(name)
  }
  await stop('gateway')
  await Promise.all(services.map(stop))
  await stop('worker')
  for (const name of serverNames) await stop(name)
}

const start = async (run: Run): Promise<Omit<Platform, 'failed' | 'stop'>> => {
  const { stateDir, gatewayPort, report, signal } = run.options
  await assertDiskSpace(stateDir)
  await claimStateDir(stateDir)
  // What a killed platform has left behind would hold our ports.
  await settled(processNames.map(name => claimServer(stateDir, name, 'SIGTERM')))
  await assertPortFree(gatewayPort, 'gateway', {
    zh: '请先结束占用它的程序，或用 npm start -- --port <端口> 换一个。',
    en: 'end the program that holds it, or choose another with npm start -- --port <port>.',
  })
  await provision(report)
  signal?.throwIfAborted()
  const generated = generateClients(detail => report({ step: 'generate', detail }))
  const secrets = await loadSecrets(stateDir)
  const begun = startServers(run, secrets)
  await settled([begun, generated])
  const servers = await begun
  signal?.throwIfAborted()
  const addresses: Addresses = {
    kafkaBrokers: servers.kafka.brokers,
    temporalAddress: servers.temporal.address,
    temporalNamespace: servers.temporal.namespace,
    temporalUiUrl: servers.temporal.uiUrl,
    issuer: servers.identity.issuer,
    merchant: servers.payments.merchant,
    materialsStore: pathToFileURL(join(stateDir, 'materials')).href,
    publicUrl: `http://127.0.0.1:${gatewayPort}`,
    ports: await choosePorts(stateDir, gatewayPort),
  }
  await startProcesses(run, servers, secrets, addresses)
  const gatewayUrl = `${addresses.publicUrl}/graphql`
  await recordPlatform(stateDir, {
    gatewayUrl,
    issuer: addresses.issuer,
    temporalUiUrl: addresses.temporalUiUrl,
    temporalAddress: addresses.temporalAddress,
    temporalNamespace: addresses.temporalNamespace,
    kafkaBrokers: addresses.kafkaBrokers,
    postgres: new URL(servers.postgres.superuserUrl).host,
  })
  return {
    stateDir,
    gatewayUrl,
    addresses,
    processes: Object.fromEntries([...run.started].map(([name, process]) => [name, asProcess(process)])),
    databaseUrl: service => servers.postgres.urlOf(service),
    addAccounts: accounts => addAccounts(identityFiles(stateDir).accountsFile, accounts),
    addClient: client => addClient(identityFiles(stateDir).clientsFile, client),
  }
}

const deadly = new Set<NodeJS.Signals>(['SIGKILL', 'SIGTERM', 'SIGINT'])

const asProcess = (supervised: Supervised): PlatformProcess => {
  let ending: Promise<unknown> = Promise.resolve()
  return {
    get pid() {
      return supervised.server().pid
    },
    kill: signal => {
      const server = supervised.server()
      // Whoever kills and then waits means the next life, not the last moments of this one.
      if (deadly.has(signal)) ending = server.exited
      server.kill(signal)
    },
    whenReady: async () => {
      await ending
      await supervised.whenReady()
    },
  }
}

/**
 * Starts the whole platform on this machine and keeps it running: servers, databases, services, gateway. When any
 * step fails, everything that had been started is ended before the error is thrown.
 *
 * @throws StackFault with one sentence in Chinese and English; AbortError when `signal` asked to give up
 */
export const startPlatform = async (options: PlatformOptions): Promise<Platform> => {
  // Keys, tokens and registers lie in the state folder: what is made from here on is this user's alone.
  process.umask(0o077)
  const { promise: failed, resolve: fail } = Promise.withResolvers<StackFault>()
  const run: Run = {
    options: {
      env: {},
      root: repositoryDir,
      gatewayPort: 4000,
      ...options,
      stateDir: resolve(options.stateDir),
      signal: options.signal,
    },
    started: new Map(),
    fail,
  }
  try {
    return { ...(await start(run)), failed, stop: () => stopAll(run) }
  } catch (error) {
    await stopAll(run)
    throw error
  }
}
