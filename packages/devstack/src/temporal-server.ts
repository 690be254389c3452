import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import pg from 'pg'
import { stackFault } from './fault.ts'
import { readJson, writeJson } from './files.ts'
import { isServing } from './grpc-health.ts'
import { choosePort, findFreePort } from './ports.ts'
import { type Report, timed } from './report.ts'
import { lastLines, runCommand } from './run-command.ts'
import { claimServer, type RunningServer, serverDir, spawnServer, waitReady } from './server-process.ts'
import { callTemporal, frontendHealth, type TemporalDoor, type TemporalServer } from './temporal-door.ts'
import {
  type TemporalPort,
  type TemporalServerPlace,
  type TemporalTls,
  temporalDynamicConfig,
  temporalPorts,
  temporalRoles,
  temporalServerConfig,
} from './temporal-server-config.ts'
import { type TemporalServerPrograms, temporalServerPrograms } from './temporal-server-programs.ts'

export interface TemporalServerOptions {
  stateDir: string
  namespace: string
  /** URL of a superuser: the databases `temporal` and `temporal_visibility` are made there. */
  postgresUrl: string
  port?: number
  searchAttributes?: Record<string, string>
  retentionDays?: number
  /** How the frontend is reached, and with which certificate and key we call it ourselves. */
  tls?: TemporalTls & { caFile: string; callerCert?: string; callerKey?: string }
  /** Where the keys of whoever signs API keys are, and one that may do all. */
  apiKeys?: { from: readonly string[]; ours: string }
  report: Report
}

const databases = { database: 'temporal', visibility: 'temporal_visibility' }
type Postgres = TemporalServerPlace['postgres']

const postgresOf = (postgresUrl: string): Postgres => {
  const url = new URL(postgresUrl)
  const said = { user: decodeURIComponent(url.username), password: decodeURIComponent(url.password) }
  return { host: url.hostname, port: Number(url.port || 5432), ...said, ...databases }
}

const hasSchema = async (postgresUrl: string, database: string): Promise<boolean> => {
  const url = new URL(postgresUrl)
  url.pathname = `/${database}`
  const client = new pg.Client({ connectionString: url.href })
  await client.connect()
  try {
    return (await client.query(`select to_regclass('public.schema_version') is not null as there`)).rows[0].there
  } finally {
    await client.end()
  }
}

/** Makes both databases where they are missing, and brings their schema to what the server wants. @throws SERVER_NOT_READY */
export const prepareTemporalDatabases = async (
  programs: TemporalServerPrograms,
  postgresUrl: string,
): Promise<void> => {
  const { host, port, user, password } = postgresOf(postgresUrl)
  for (const [schema, database] of [
    ['temporal', databases.database],
    ['visibility', databases.visibility],
  ] as const) {
    const tool = async (...args: string[]): Promise<void> => {
      const at = ['--ep', host, '-p', String(port), '-u', user, '--pl', 'postgres12', '--db', database]
      const env = { SQL_PASSWORD: password }
      const result = await runCommand(programs.sqlTool, [...at, ...args], { env, timeoutMs: 120_000 })
      if (result.code === 0) return
      throw stackFault('SERVER_NOT_READY', {
        zh: `Temporal 的数据库 ${database} 没有准备好：${lastLines(result.stdout + result.stderr, 2)}`,
        en: `Temporal's database ${database} could not be prepared (reason above).`,
      })
    }
    await tool('create-database', '--defaultdb', 'postgres')
    if (!(await hasSchema(postgresUrl, database))) await tool('setup-schema', '-v', '0.0')
    await tool('update-schema', '--schema-name', `postgresql/v12/${schema}`)
  }
}

const choosePorts = async (folder: string, asked: number | undefined): Promise<Record<TemporalPort, number>> => {
  const file = join(folder, 'server.json')
  const before = ((await readJson(file)) ?? {}) as Partial<Record<TemporalPort, number>>
  const ports: Partial<Record<TemporalPort, number>> = {}
  for (const name of temporalPorts) {
    let port = await choosePort('Temporal', name === 'frontend' ? asked : undefined, before[name])
    while (Object.values(ports).includes(port)) port = await findFreePort()
    ports[name] = port
  }
  await writeJson(file, ports)
  return ports as Record<TemporalPort, number>
}

/** Makes the namespace and its search attributes; those that are there stay. */
const settle = async (server: RunningServer, door: TemporalDoor, options: TemporalServerOptions): Promise<void> => {
  const { namespace, retentionDays = 30, searchAttributes = {} } = options
  const there = await callTemporal(door, ['operator', 'namespace', 'describe', '-n', namespace], options.report)
  const retention = ['--retention', `${retentionDays}d`]
  const verb = there.code === 0 ? 'update' : 'create'
  const made = await callTemporal(door, ['operator', 'namespace', verb, '-n', namespace, ...retention], options.report)
  if (made.code !== 0)
    throw stackFault('SERVER_NOT_READY', {
      zh: `Temporal 没有建好命名空间 ${namespace}：${lastLines(made.stderr, 2)}`,
      en: `Temporal did not make the namespace ${namespace} (reason above).`,
    })
  for (const [name, kind] of Object.entries(searchAttributes)) {
    const attribute = ['operator', 'search-attribute', 'create', '-n', namespace, '--name', name, '--type', kind]
    // A namespace that was just made is known a second later.
    const added = async () => {
      const { code, stderr } = await callTemporal(door, attribute, options.report)
      return code === 0 || /already exists/.test(stderr)
    }
    await waitReady(server, added, 20_000)
  }
}

/**
 * Starts Temporal's server proper, with its state in PostgreSQL: what a city runs, where the development server of
 * `startTemporal` knows neither TLS nor keys of an API. Starting again with the same folder and databases recovers all.
 *
 * @throws StackFault
 */
export const startTemporalServer = async (
  options: TemporalServerOptions,
): Promise<TemporalServer & { door: TemporalDoor }> => {
  const { stateDir, report, tls, apiKeys } = options
  const programs = await temporalServerPrograms(report)
  await timed(report, 'temporal', 'prepare its databases', () =>
    prepareTemporalDatabases(programs, options.postgresUrl),
  )
  await claimServer(stateDir, 'temporal-server', 'SIGTERM')
  const folder = serverDir(stateDir, 'temporal-server')
  await mkdir(folder, { recursive: true })
  const ports = await choosePorts(folder, options.port)
  const [configFile, dynamicConfigFile] = [join(folder, 'config.yaml'), join(folder, 'dynamic.yaml')]
  await writeFile(dynamicConfigFile, temporalDynamicConfig)
  const place: TemporalServerPlace = {
    ...{
      postgres: postgresOf(options.postgresUrl),
      bindOn: '127.0.0.1',
      broadcast: '127.0.0.1',
      ports,
      dynamicConfigFile,
    },
    ...(tls ? { tls } : {}),
    ...(apiKeys ? { apiKeysFrom: apiKeys.from } : {}),
  }
  await writeFile(configFile, temporalServerConfig(place), { mode: 0o600 })
  const address = `127.0.0.1:${ports.frontend}`
  const door: TemporalDoor = {
    address,
    ...(tls ? { caFile: tls.caFile, certFile: tls.callerCert, keyFile: tls.callerKey } : {}),
    ...(apiKeys ? { apiKey: apiKeys.ours } : {}),
  }
  return timed(report, 'temporal', `start the server on ${address}`, async () => {
    const running = await spawnServer(
      {
        ...{ name: 'temporal-server', stateDir, command: programs.server },
        args: ['--config-file', configFile, 'start', ...temporalRoles.flatMap(role => ['--service', role])],
        ...{ stopSignal: 'SIGTERM' as const, stopTimeoutMs: 20_000 },
      },
      ports.frontend,
    )
    await waitReady(running, () => isServing(address, frontendHealth, 2_000, door), 120_000)
    await settle(running, door, options)
    return { ...running, address, uiUrl: null, namespace: options.namespace, door }
  })
}
