import { execFileSync } from 'node:child_process'
import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { globSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import {
  apiAudience,
  findFreePort,
  type IdentityProvider,
  type KafkaServer,
  type PostgresServer,
  type RunningServer,
  spawnServer,
  waitReady,
} from '@linghang/devstack'
import { loginUrl, type ServiceName, services } from '@linghang/migrations'
import type { JWK } from 'jose'
import { startRouter } from './router.ts'

export const processNames = [...services, 'gateway'] as const
export type ProcessName = (typeof processNames)[number]

const nodeFlags = ['--disable-warning=TimeoutNegativeWarning', '--disable-warning=ExperimentalWarning']

/** Five services and a gateway over servers that stay, each of whichever checkout it was last replaced by. */
export async function createPlatform(at: {
  stateDir: string
  postgres: PostgresServer
  kafka: KafkaServer
  identity: IdentityProvider
}) {
  const { privateKey } = generateKeyPairSync('ed25519')
  const key: JWK = { ...(privateKey.export({ format: 'jwk' }) as JWK), kid: 'upgrade', alg: 'EdDSA' }
  const { d: _secret, ...publicKey } = key
  const loginPassword = randomBytes(18).toString('base64url')
  const databaseUrl = (service: ServiceName) => loginUrl(at.postgres.superuserUrl, service, loginPassword)
  const routers = Object.fromEntries(
    await Promise.all(processNames.map(async name => [name, await startRouter()] as const)),
  ) as Record<ProcessName, Awaited<ReturnType<typeof startRouter>>>
  const running = new Map<ProcessName, RunningServer>()

  const usual = {
    HOST: '127.0.0.1',
    LOG_LEVEL: 'warn',
    APOLLO_TELEMETRY_DISABLED: '1',
    KAFKA_BROKERS: at.kafka.brokers,
  }
  const ofService = (service: ServiceName) => ({
    ...{ DATABASE_URL: databaseUrl(service), DATABASE_CONNECTIONS: '8', ACTIVITIES: 'off' },
    INTERNAL_TOKEN_JWKS: JSON.stringify({ keys: [publicKey] }),
    ...{ REGISTER_KEYS: registerKeys, CURSOR_KEY: cursorKey },
    MATERIALS_STORE: pathToFileURL(join(at.stateDir, 'materials')).href,
  })
  const registerKeys = JSON.stringify({ current: 'k', keys: { k: randomBytes(32).toString('base64') } })
  const cursorKey = randomBytes(32).toString('hex')
  const ofGateway = () => ({
    ...{ INTERNAL_TOKEN_PRIVATE_KEY: JSON.stringify(key), PUBLIC_URL: routers.gateway.url },
    ...{ OIDC_ISSUER: at.identity.issuer, OIDC_AUDIENCE: apiAudience },
    SUBGRAPH_URLS: JSON.stringify(Object.fromEntries(services.map(name => [name, `${routers[name].url}/graphql`]))),
  })

  const start = async (dir: string, name: ProcessName): Promise<RunningServer> => {
    const port = await findFreePort()
    const main = name === 'gateway' ? 'gateway/src/main.ts' : `services/${name}/src/main.ts`
    const server = await spawnServer(
      {
        ...{ name: `${name}-${port}`, stateDir: at.stateDir, command: process.execPath, cwd: dir },
        args: [...nodeFlags, join(dir, main)],
        env: { ...usual, PORT: `${port}`, ...(name === 'gateway' ? ofGateway() : ofService(name)) },
        ...{ stopSignal: 'SIGTERM' as const, stopTimeoutMs: 40_000 },
      },
      port,
    )
    await waitReady(server, async () => (await fetch(`http://127.0.0.1:${port}/health/ready`)).ok, 240_000)
    return server
  }

  return {
    gatewayUrl: routers.gateway.url,
    loginPassword,
    /** As a rollout does: the new one is ready, then nobody is sent to the old one, then that one is ended. */
    async replace(dir: string, name: ProcessName): Promise<void> {
      const old = running.get(name)
      const next = await start(dir, name)
      running.set(name, next)
      await routers[name].lead(next.port)
      await old?.stop()
    },
    /** Registers a county with its first administrator, by the command of a checkout. */
    registerCounty(dir: string, code: string, subject: string): void {
      const who = ['--code', code, '--name', '鹿城区', '--issuer', at.identity.issuer, '--subject', subject]
      // Of either release, each of which has it where its rooms stand.
      const command = globSync('services/org/src/**/counties/command.ts', { cwd: dir })[0] ?? ''
      execFileSync(process.execPath, [...nodeFlags, join(dir, command), ...who], {
        ...{ cwd: dir, env: { ...process.env, DATABASE_URL: databaseUrl('org') }, stdio: 'pipe' },
      })
    },
    async stop(): Promise<void> {
      await running.get('gateway')?.stop()
      await Promise.all([...running.values()].map(server => server.stop()))
      await Promise.all(Object.values(routers).map(router => router.stop()))
    },
  }
}
