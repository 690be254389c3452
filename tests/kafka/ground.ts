import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { resolve } from 'node:path'
import { generateClient, startPostgres } from '@linghang/devstack'
import { createDatabases } from '@linghang/harness/databases'
import type { Surroundings } from '@linghang/harness/surroundings'
import { type ServiceName, serviceDir } from '@linghang/migrations'
import type { JWK } from 'jose'

/** A PostgreSQL with databases of these services, and what else a service is given; of Kafka each test says by itself. */
export async function layGround(stateDir: string, services: readonly ServiceName[]) {
  const postgres = await startPostgres({ stateDir, report: () => undefined })
  const { privateKey } = generateKeyPairSync('ed25519')
  const at: Surroundings = {
    ...{ root: resolve(import.meta.dirname, '../..'), stateDir, postgresUrl: postgres.superuserUrl, kafkaBrokers: '' },
    registrarUrl: '',
    internalTokenKey: { ...(privateKey.export({ format: 'jwk' }) as JWK), kid: 'test', alg: 'EdDSA' },
    registerKeys: { current: 'k1', keys: { k1: randomBytes(32).toString('base64') } },
    cursorKey: randomBytes(32).toString('hex'),
    loginPassword: randomBytes(18).toString('base64url'),
    services: {} as Surroundings['services'],
  }
  await Promise.all(services.map(name => generateClient(serviceDir(name))))
  await createDatabases(at, services)
  return { at, stop: () => postgres.stop() }
}
