import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import {
  findFreePort,
  type RunningServer,
  spawnServer,
  startKafka,
  startPaymentSandbox,
  startPostgres,
  waitReady,
} from '@linghang/devstack'
import { loginUrl, migrateServices } from '@linghang/migrations'
import { openDoor } from './door.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))

/**
 * What a storm hits. The relay of the outbox, and what hears and asks the provider of payments, run in the process of the dues
 * service and are killed with it.
 */
export const targets = ['dues', 'postgres', 'kafka', 'provider'] as const
export type Target = (typeof targets)[number]

/** PostgreSQL, Kafka, a provider of payments and the dues service of a storm's own; each can be killed, and comes back at its port. */
export async function startStack(stateDir: string) {
  const report = () => undefined
  const [postgres, kafka, provider] = await Promise.all([
    startPostgres({ stateDir, report }),
    startKafka({ stateDir, report }),
    startPaymentSandbox({ stateDir, report }),
  ])
  const loginPassword = randomBytes(18).toString('base64url')
  await migrateServices({ superuserUrl: postgres.superuserUrl, loginPassword, only: ['dues'] })
  const { privateKey } = generateKeyPairSync('ed25519')
  const key = { ...privateKey.export({ format: 'jwk' }), kid: 'storm', alg: 'EdDSA' }
  const { d: _secret, ...publicKey } = key
  const [port, stormPort] = [await findFreePort(), await findFreePort()]
  const door = await openDoor(`http://127.0.0.1:${port}`, key)
  const env = {
    ...{ ...provider.merchant, PAYMENTS_NOTIFY_URL: door.notifyUrl, PAYMENTS_COMMITTEES: '*' },
    ...{ HOST: '127.0.0.1', PORT: `${port}`, STORM_PORT: `${stormPort}`, LOG_LEVEL: 'warn', ACTIVITIES: 'off' },
    ...{ DATABASE_URL: loginUrl(postgres.superuserUrl, 'dues', loginPassword), DATABASE_CONNECTIONS: '10' },
    ...{ KAFKA_BROKERS: kafka.brokers, INTERNAL_TOKEN_JWKS: JSON.stringify({ keys: [publicKey] }) },
    REGISTER_KEYS: JSON.stringify({ current: 'k', keys: { k: randomBytes(32).toString('base64') } }),
    MATERIALS_STORE: pathToFileURL(join(stateDir, 'materials')).href,
    ...{ CURSOR_KEY: randomBytes(32).toString('hex'), NODE_COMPILE_CACHE: join(stateDir, 'compile-cache') },
  }
  const startDues = async (): Promise<RunningServer> => {
    const server = await spawnServer(
      {
        ...{ name: 'dues', stateDir, command: process.execPath, env, cwd: root },
        args: ['--disable-warning=ExperimentalWarning', join(root, 'tests/storm-ledger/serve-dues.ts')],
        ...{ stopSignal: 'SIGTERM', stopTimeoutMs: 15_000 },
      },
      port,
    )
    const isReady = async () => {
      await fetch(`http://127.0.0.1:${stormPort}`, { method: 'HEAD', signal: AbortSignal.timeout(2_000) })
      return (await fetch(`http://127.0.0.1:${port}/health/ready`, { signal: AbortSignal.timeout(2_000) })).ok
    }
    await waitReady(server, isReady, 90_000)
    return server
  }
  const begin: Record<Target, () => Promise<RunningServer>> = {
    dues: startDues,
    postgres: () => startPostgres({ stateDir, report, port: postgres.port }),
    kafka: () => startKafka({ stateDir, report, port: kafka.port }),
    provider: () => startPaymentSandbox({ stateDir, report, port: provider.port }),
  }
  const running: Record<Target, RunningServer> = { postgres, kafka, provider, dues: await startDues() }
  const died: string[] = []
  let stopping = false
  let killing: RunningServer | null = null
  /** Nobody but the storm ends the service: if it ends by itself that is a finding, and it is brought back as a cluster would. */
  const watch = async (): Promise<void> => {
    while (!stopping) {
      const { dues } = running
      await dues.exited
      if (stopping) return
      if (killing !== dues) {
        died.push(`dues ended by itself; its log ${dues.logFile}`)
        running.dues = await begin.dues()
      } else while (running.dues === dues && !stopping) await new Promise(resolve => setTimeout(resolve, 50))
    }
  }
  void watch().catch(error => died.push(`dues did not come back: ${error}`))
  return {
    key,
    url: `http://127.0.0.1:${port}`,
    stormUrl: `http://127.0.0.1:${stormPort}`,
    providerUrl: provider.url,
    superuserUrl: postgres.urlOf('dues'),
    databaseUrl: env.DATABASE_URL,
    /** Kills it with SIGKILL, and brings it back. */
    async kill(target: Target): Promise<void> {
      const server = running[target]
      killing = server
      server.kill('SIGKILL')
      await server.exited
      running[target] = await begin[target]()
    },
    /** How often it has ended without being killed, and where it says why. */
    died,
    async stop(): Promise<void> {
      stopping = true
      door.close()
      for (const target of targets) await running[target].stop()
    },
  }
}
export type Stack = Awaited<ReturnType<typeof startStack>>
