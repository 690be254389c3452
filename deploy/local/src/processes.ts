import { join } from 'node:path'
import {
  findFreePort,
  isPortFree,
  type RunningServer,
  readJson,
  spawnServer,
  waitReady,
  writeJson,
} from '@linghang/devstack'
import { type ServiceName, serviceDir, services } from '@linghang/migrations'
import { publicJwks, type Secrets } from './secrets.ts'

/** Our processes, in the order in which they are ended. */
export const processNames: readonly ProcessName[] = ['gateway', ...services, 'worker']
/** One of them. */
export type ProcessName = 'gateway' | ServiceName | 'worker'

/** Where everything is that our processes need. */
export interface Addresses {
  kafkaBrokers: string
  temporalAddress: string
  temporalNamespace: string
  temporalUiUrl: string | null
  issuer: string
  /** Our account at the payment sandbox, as the dues service is told of it. */
  merchant: Record<string, string>
  /** Where papers of development cases lie, as a URL. */
  materialsStore: string
  publicUrl: string
  ports: Record<ProcessName, number>
}

const entryOf = (name: ProcessName, root: string): string => {
  if (name === 'gateway') return join(root, 'gateway/src/main.ts')
  return name === 'worker' ? join(serviceDir('workflows'), 'src/worker.ts') : join(serviceDir(name), 'src/main.ts')
}

const nodeFlags = ['--disable-warning=TimeoutNegativeWarning', '--disable-warning=ExperimentalWarning']
const readyTimeoutMs = 90_000

/** Which keys a process gets: personal data is sealed by the registers, payloads by those who talk to Temporal. */
const ownVariables = (name: ProcessName, at: Addresses, secrets: Secrets): Record<string, string> => {
  if (name === 'gateway') {
    const urls = services.map(service => [service, `http://127.0.0.1:${at.ports[service]}/graphql`])
    return {
      INTERNAL_TOKEN_PRIVATE_KEY: JSON.stringify(secrets.internalTokenKey),
      OIDC_ISSUER: at.issuer,
      OIDC_AUDIENCE: 'urn:linghang:api',
      SUBGRAPH_URLS: JSON.stringify(Object.fromEntries(urls)),
      PUBLIC_URL: at.publicUrl,
    }
  }
  const registerKeys = { REGISTER_KEYS: JSON.stringify(secrets.registerKeys) }
  const temporal = {
    TEMPORAL_ADDRESS: at.temporalAddress,
    TEMPORAL_NAMESPACE: at.temporalNamespace,
    TEMPORAL_PAYLOAD_KEYS: JSON.stringify(secrets.temporalPayloadKeys),
  }
  if (name === 'org') return registerKeys
  if (name === 'dues') {
    const notifyUrl = `${at.publicUrl}/payments/notify`
    return {
      ...{ ...registerKeys, ...temporal, ...at.merchant, MATERIALS_STORE: at.materialsStore },
      ...{ PAYMENTS_NOTIFY_URL: notifyUrl, PAYMENTS_COMMITTEES: '*' },
    }
  }
  if (name === 'assessment') return temporal
  if (name === 'members') return { ...registerKeys, MATERIALS_STORE: at.materialsStore }
  if (name === 'workflows' || name === 'worker') {
    return {
      // It waits more than it works: what V8 lets lie about on a busy server would be most of its memory.
      ...(name === 'worker' ? { NODE_OPTIONS: '--max-semi-space-size=8 --max-old-space-size=384' } : {}),
      ...temporal,
    }
  }
  return {}
}

/**
 * The environment of one of our processes.
 *
 * @param databaseUrl URL of the login role on that service's database; the gateway has none
 */
export const environmentOf = (
  name: ProcessName,
  at: Addresses,
  secrets: Secrets,
  databaseUrl: (service: ServiceName) => string,
): Record<string, string> => ({
  HOST: '127.0.0.1',
  PORT: String(at.ports[name]),
  KAFKA_BROKERS: at.kafkaBrokers,
  INTERNAL_TOKEN_JWKS: JSON.stringify(publicJwks(secrets)),
  LOG_LEVEL: 'info',
  APOLLO_TELEMETRY_DISABLED: '1',
  ...(name === 'gateway'
    ? {}
    : { DATABASE_URL: databaseUrl(name === 'worker' ? 'workflows' : name), CURSOR_KEY: secrets.cursorKey }),
  ...ownVariables(name, at, secrets),
})

/** Chooses ports for our processes: those of the last time while they are free. */
export const choosePorts = async (stateDir: string, gatewayPort: number): Promise<Record<ProcessName, number>> => {
  const file = join(stateDir, 'ports.json')
  const known = await readJson(file)
  const remembered = typeof known === 'object' && known !== null ? (known as Record<string, unknown>) : {}
  const ports: Partial<Record<ProcessName, number>> = { gateway: gatewayPort }
  for (const name of processNames) {
    const before = remembered[name]
    // A port that is chosen is free until its process has begun: it must not be chosen twice.
    const taken = new Set(Object.values(ports))
    let port = typeof before === 'number' && (await isPortFree(before)) ? before : await findFreePort()
    while (taken.has(port)) port = await findFreePort()
    ports[name] ??= port
  }
  await writeJson(file, ports, 0o644)
  return ports as Record<ProcessName, number>
}

const isReady = async (port: number): Promise<boolean> => {
  const response = await fetch(`http://127.0.0.1:${port}/health/ready`, { signal: AbortSignal.timeout(3000) })
  await response.body?.cancel()
  return response.ok
}

/**
 * Starts one of our processes and waits until it says that it is ready.
 *
 * @param options.root the checkout
 * @throws StackFault when it dies or is not ready in time
 */
export const startProcess = async (options: {
  name: ProcessName
  root: string
  stateDir: string
  port: number
  env: Record<string, string>
  onSpawn: (server: RunningServer) => void
}): Promise<RunningServer> => {
  const server = await spawnServer(
    {
      name: options.name,
      stateDir: options.stateDir,
      command: process.execPath,
      args: [...nodeFlags, entryOf(options.name, options.root)],
      // Compiled code is kept: loading their libraries is most of what our processes do while they start.
      env: { NODE_COMPILE_CACHE: join(options.stateDir, 'compile-cache'), ...options.env },
      cwd: options.root,
      stopSignal: 'SIGTERM',
      stopTimeoutMs: 15_000,
    },
    options.port,
  )
  options.onSpawn(server)
  await waitReady(server, () => isReady(options.port), readyTimeoutMs)
  return server
}
