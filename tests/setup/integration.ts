import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readdir, rm } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import {
  claimServer,
  generateClient,
  type RunningServer,
  removePostgresState,
  startKafka,
  startPostgres,
} from '@linghang/devstack'
import { createDatabases } from '@linghang/harness/databases'
import { startService } from '@linghang/harness/start-service'
import { publishSurroundings, type Surroundings } from '@linghang/harness/surroundings'
import { serviceDir, services } from '@linghang/migrations'
import type { JWK } from 'jose'
import { keepForTeardown } from './teardown.ts'

const root = resolve(import.meta.dirname, '../..')
const folder = join(root, '.linghang/test')

/** What a run that was killed left behind: its servers are ended and its folder goes. A run that lives is respected. */
async function clearAfterKilledRuns(): Promise<void> {
  if (!existsSync(folder)) return
  for (const name of await readdir(folder)) {
    const pid = Number(/^integration-(\d+)$/.exec(name)?.[1])
    if (!pid || existsSync(`/proc/${pid}`)) continue
    const stateDir = join(folder, name)
    for (const server of await readdir(stateDir)) {
      if (existsSync(join(stateDir, server, 'process.json'))) await claimServer(stateDir, server, 'SIGTERM')
    }
    await removePostgresState(stateDir)
    await rm(stateDir, { recursive: true, force: true })
  }
}

function createKeys() {
  const { privateKey } = generateKeyPairSync('ed25519')
  const internalTokenKey: JWK = { ...(privateKey.export({ format: 'jwk' }) as JWK), kid: 'test', alg: 'EdDSA' }
  return {
    internalTokenKey,
    registerKeys: { current: 'k1', keys: { k1: randomBytes(32).toString('base64') } },
    cursorKey: randomBytes(32).toString('hex'),
    loginPassword: randomBytes(18).toString('base64url'),
  }
}

async function startServers(stateDir: string, keep: <S extends RunningServer>(server: S) => S): Promise<Surroundings> {
  const report = () => undefined
  const starting = [
    startPostgres({ stateDir, report }).then(keep),
    startKafka({ stateDir, report }).then(keep),
  ] as const
  // All have come to an end before a failure is told: what started meanwhile must be known to be stopped.
  await Promise.allSettled(starting)
  const [postgres, kafka] = await Promise.all(starting)
  await Promise.all(services.map(name => generateClient(serviceDir(name))))
  // It needs a client that may just have been made.
  const { startRegistrar } = await import('@linghang/harness/registrar')
  const at: Surroundings = {
    root,
    stateDir,
    postgresUrl: postgres.superuserUrl,
    kafkaBrokers: kafka.brokers,
    registrarUrl: await startRegistrar(),
    ...createKeys(),
    services: Object.fromEntries(services.map(name => [name, ''])) as Surroundings['services'],
  }
  await createDatabases(at, services)
  const beginning = services.map(async name => {
    const started = await startService(name, {}, at)
    keep(started.server)
    at.services[name] = started.url
  })
  await Promise.allSettled(beginning)
  await Promise.all(beginning)
  return at
}

/** PostgreSQL, Kafka and the five services, once for the whole run, in a folder that goes at its end. */
export default async function setUp(): Promise<void> {
  await clearAfterKilledRuns()
  const stateDir = join(folder, `integration-${process.pid}`)
  const { keep, end } = keepForTeardown(stateDir)
  try {
    publishSurroundings(await startServers(stateDir, keep))
  } catch (error) {
    await end()
    throw error
  }
}
