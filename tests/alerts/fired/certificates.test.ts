import { execFile } from 'node:child_process'
import { chownSync, copyFileSync, readFileSync, statSync } from 'node:fs'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, jest, test } from '@jest/globals'
import { findFreePort, type RunningServer } from '@linghang/devstack'
import { loginUrl } from '@linghang/migrations'
import { startProcess } from '../../../deploy/local/src/processes.ts'
import { publicJwks, type Secrets } from '../../../deploy/local/src/secrets.ts'
import { look } from '../../system/look.ts'
import { surroundings } from '../../system/surroundings.ts'
import { startWatching, type Watching } from '../watch.ts'

jest.setTimeout(600_000)

const run = promisify(execFile)
let watching: Watching
let folder: string
let started: RunningServer | undefined
beforeAll(async () => {
  watching = await startWatching()
  folder = await mkdtemp(join(tmpdir(), 'linghang-ends-'))
}, 120_000)
afterAll(async () => {
  await started?.stop()
  await watching?.stop()
})

/** A certificate of its own issuer for the database, good for so many days. @returns its file; the key lies beside it */
async function certificate(name: string, days: number): Promise<string> {
  const file = join(folder, `${name}.pem`)
  const subject = ['-subj', '/CN=127.0.0.1', '-addext', 'subjectAltName=IP:127.0.0.1', '-days', String(days)]
  await run('openssl', [
    'req',
    '-x509',
    '-newkey',
    'ed25519',
    '-nodes',
    '-keyout',
    `${file}.key`,
    '-out',
    file,
    ...subject,
  ])
  return file
}

/** PostgreSQL speaks TLS from now on, with this certificate. */
async function serveTls(file: string): Promise<void> {
  const [{ folder: data }] = await look('org', `select current_setting('data_directory') as folder`)
  const { uid, gid } = statSync(data)
  for (const [from, to] of [
    [file, 'server.crt'],
    [`${file}.key`, 'server.key'],
  ] as const) {
    copyFileSync(from, join(data, to))
    chownSync(join(data, to), uid, gid)
  }
  await look('org', 'alter system set ssl = on')
  await look('org', 'select pg_reload_conf()')
}

describe('a certificate near its end fires its alert', () => {
  test('platform a service that trusts a certificate of ten days, then of one, then of a hundred', async () => {
    const { root, stateDir, postgresUrl, kafkaBrokers } = surroundings()
    const secrets = JSON.parse(readFileSync(join(stateDir, 'secrets.json'), 'utf8')) as Secrets
    const trusted = await certificate('trusted', 10)
    await serveTls(trusted)
    const port = await findFreePort()
    const url = loginUrl(`${postgresUrl}/postgres`, 'assessment', secrets.loginPassword)
    started = await startProcess({
      ...{ name: 'assessment', root, stateDir: folder, port, onSpawn: () => undefined },
      env: {
        ...{ HOST: '127.0.0.1', PORT: String(port), KAFKA_BROKERS: kafkaBrokers, CURSOR_KEY: secrets.cursorKey },
        INTERNAL_TOKEN_JWKS: JSON.stringify(publicJwks(secrets)),
        DATABASE_URL: `${url}?sslmode=verify-full&sslrootcert=${trusted}`,
      },
    })
    await watching.silent('LinghangCertificateNearEnd', 'LinghangCertificateEnds')
    watching.scrape({ 'assessment-tls': port })
    const of = { job: 'linghang-assessment-tls', use: 'database_url_sslrootcert' }
    await watching.fires('LinghangCertificateNearEnd', of, 300_000)
    copyFileSync(await certificate('tomorrow', 1), trusted)
    watching.mark()
    await watching.fires('LinghangCertificateEnds', of)
    copyFileSync(await certificate('renewed', 100), trusted)
    watching.mark()
    await watching.ends('LinghangCertificateEnds')
    await watching.ends('LinghangCertificateNearEnd')
  })
})
