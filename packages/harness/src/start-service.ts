import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { findFreePort } from '@linghang/devstack/ports'
import { type RunningServer, spawnServer, waitReady } from '@linghang/devstack/server-process'
import type { ServiceName } from '@linghang/migrations'
import { type Ask, createAsk } from './ask.ts'
import { databaseUrl } from './databases.ts'
import type { Operations } from './operations.ts'
import type { Surroundings } from './surroundings.ts'
import { surroundings } from './surroundings.ts'

/** `AGREES`: the use cases' supervision says yes to everything, so that row-level security stands alone. */
type SupervisionChoice = 'REAL' | 'AGREES'

export type StartedService<Name extends ServiceName = ServiceName> = {
  url: string
  /** Asks as `actor`; refusals come back as errors, see `Answer`. */
  query: Ask<Operations[Name]>
  stop(): Promise<void>
  server: RunningServer
}

export type StartOptions = {
  supervision?: SupervisionChoice
  /** Databases of its own, `org_<suffix>`; made by `createDatabases`. */
  databaseSuffix?: string
  /** A Kafka of its own: with databases of its own a service must not share consumer groups with the others. */
  kafkaBrokers?: string
  env?: Record<string, string>
  /** The day on which the service takes itself to be; default is the clock's. */
  day?: string
}

const nodeFlags = ['--disable-warning=TimeoutNegativeWarning', '--disable-warning=ExperimentalWarning']
const readyTimeoutMs = 60_000

const publicKeyOf = ({ internalTokenKey }: Surroundings) => {
  const { d: _secret, ...key } = internalTokenKey
  return { keys: [key] }
}

/** The environment of a service of this run. Where a test gives `NAME_FILE`, nothing is said by `NAME`. */
const environmentOf = (at: Surroundings, name: ServiceName, port: number, options: StartOptions = {}) =>
  Object.fromEntries(
    Object.entries(usualOf(at, name, port, options)).filter(([variable]) => !options.env?.[`${variable}_FILE`]),
  )

const usualOf = (at: Surroundings, name: ServiceName, port: number, options: StartOptions) => ({
  HOST: '127.0.0.1',
  PORT: String(port),
  DATABASE_URL: databaseUrl(at, name, options.databaseSuffix),
  DATABASE_CONNECTIONS: '10',
  KAFKA_BROKERS: options.kafkaBrokers ?? at.kafkaBrokers,
  INTERNAL_TOKEN_JWKS: JSON.stringify(publicKeyOf(at)),
  REGISTER_KEYS: JSON.stringify(at.registerKeys),
  CURSOR_KEY: at.cursorKey,
  LOG_LEVEL: 'info',
  MATERIALS_STORE: pathToFileURL(join(at.stateDir, 'materials')).href,
  // What Temporal has it do is shown where there is one.
  ACTIVITIES: 'off',
  APOLLO_TELEMETRY_DISABLED: '1',
  ...options.env,
})

const isReady = async (url: string): Promise<boolean> => {
  const response = await fetch(`${url}/health/ready`, { signal: AbortSignal.timeout(3_000) })
  await response.body?.cancel()
  return response.ok
}

/**
 * Starts a real service as a process of its own on a free port and waits until it is ready.
 * @throws StackFault naming its log when it dies or is not ready within a minute
 */
export async function startService<Name extends ServiceName>(
  name: Name,
  options: StartOptions = {},
  at: Surroundings = surroundings(),
): Promise<StartedService<Name>> {
  const port = await findFreePort()
  const beside = (file: string) => join(import.meta.dirname, file)
  const entry = options.day
    ? [beside('serve-on.ts'), name, options.day]
    : options.supervision === 'AGREES'
      ? [beside('serve-unsupervised.ts'), name]
      : [join(at.root, `services/${name}/src/main.ts`)]
  const server = await spawnServer(
    {
      name: `${name}-${randomUUID().slice(0, 8)}`,
      stateDir: at.stateDir,
      command: process.execPath,
      args: [...nodeFlags, ...entry],
      env: environmentOf(at, name, port, options),
      cwd: at.root,
      stopSignal: 'SIGTERM',
      stopTimeoutMs: 15_000,
    },
    port,
  )
  const url = `http://127.0.0.1:${port}`
  const watchedAt = `http://127.0.0.1:${options.env?.MANAGEMENT_PORT ?? port}`
  await waitReady(server, () => isReady(watchedAt), readyTimeoutMs)
  return { url, query: createAsk(url, at) as Ask<Operations[Name]>, stop: () => server.stop(), server }
}
