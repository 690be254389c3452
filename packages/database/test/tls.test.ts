import { readFileSync } from 'node:fs'
import { copyFile, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals'
import { createPool, firstContact, whyNotSecure } from '@linghang/database'
import { type PostgresServer, removePostgresState, startPostgres } from '@linghang/devstack'
import { certificateAuthority } from '@linghang/harness/certificates'

jest.setTimeout(120_000)

let stateDir: string
let server: PostgresServer
let ours: ReturnType<typeof certificateAuthority>
let theirs: ReturnType<typeof certificateAuthority>
let client: ReturnType<typeof ours.issue>
// Two addresses of one server: its certificate names the first alone. A second database takes clients with certificates.
const hba = `hostssl vault all 127.0.0.0/8 scram-sha-256 clientcert=verify-ca
host vault all 127.0.0.0/8 reject
hostssl all all 127.0.0.2/32 scram-sha-256
host all all 127.0.0.1/32 scram-sha-256
hostssl all all 127.0.0.0/8 scram-sha-256
`
beforeAll(async () => {
  stateDir = await mkdtemp(join(tmpdir(), 'linghang-tls-'))
  ours = certificateAuthority(stateDir, 'ours')
  theirs = certificateAuthority(stateDir, 'theirs')
  client = ours.issue('client')
  const { certFile, keyFile } = ours.issue('server')
  const first = await startPostgres({ stateDir, report: () => undefined })
  await first.stop()
  const text = (file: string) => readFileSync(file, 'utf8')
  server = await startPostgres({
    ...{ stateDir, report: () => undefined, port: first.port },
    otherwise: {
      settings: {
        ...{ ssl: 'on', ssl_cert_file: 'own.crt', ssl_key_file: 'own.key', ssl_ca_file: 'own-ca.crt' },
        listen_addresses: '127.0.0.1,127.0.0.2',
      },
      files: {
        ...{ 'own.crt': text(certFile), 'own.key': text(keyFile), 'own-ca.crt': text(ours.caFile) },
        'pg_hba.conf': hba,
      },
    },
  })
  await ask(at('postgres', '127.0.0.1', ''), 'create database vault')
})
afterAll(async () => {
  await server?.stop()
  if (stateDir) {
    await removePostgresState(stateDir)
    await rm(stateDir, { recursive: true, force: true })
  }
})

const at = (database: string, host: string, query: string) => {
  const url = new URL(server.superuserUrl)
  url.hostname = host
  url.pathname = `/${database}`
  return `${url.href}${query}`
}
async function ask(url: string, sql: string) {
  const pool = createPool(url, { max: 1, applicationName: 'tls-test' })
  try {
    return (await pool.query(sql)).rows
  } finally {
    await pool.end()
  }
}
const isEncrypted = async (url: string) =>
  (await ask(url, 'select ssl from pg_stat_ssl where pid = pg_backend_pid()'))[0]?.ssl
const whyNot = (url: string) =>
  isEncrypted(url).then(
    () => 'connected',
    error => whyNotSecure(error) ?? (error as Error).message,
  )
const ca = () => `sslrootcert=${ours.caFile}`
const certified = () => `sslcert=${client.certFile}&sslkey=${client.keyFile}`

describe('platform PostgreSQL with TLS', () => {
  test('platform sslmode says whether there is any, and how much of the server is verified', async () => {
    expect(await isEncrypted(at('postgres', '127.0.0.1', ''))).toBe(false)
    expect(await isEncrypted(at('postgres', '127.0.0.1', '?sslmode=disable'))).toBe(false)
    expect(await isEncrypted(at('postgres', '127.0.0.2', '?sslmode=require'))).toBe(true)
    expect(await isEncrypted(at('postgres', '127.0.0.2', `?sslmode=require&${ca()}`))).toBe(true)
    expect(await isEncrypted(at('postgres', '127.0.0.2', `?sslmode=verify-ca&${ca()}`))).toBe(true)
    expect(await isEncrypted(at('postgres', '127.0.0.1', `?sslmode=verify-full&${ca()}`))).toBe(true)
  })

  test('platform a server of another CA, or under another name, is refused with a sentence', async () => {
    const strangers = `sslrootcert=${theirs.caFile}`
    for (const mode of ['require', 'verify-ca', 'verify-full'])
      expect(await whyNot(at('postgres', '127.0.0.1', `?sslmode=${mode}&${strangers}`))).toMatch(/not signed by the CA/)
    expect(await whyNot(at('postgres', '127.0.0.1', '?sslmode=verify-full&sslrootcert=system'))).toMatch(/not signed/)
    expect(await whyNot(at('postgres', '127.0.0.2', `?sslmode=verify-full&${ca()}`))).toMatch(/of another host/)
    await expect(
      firstContact({ DATABASE_URL: at('postgres', '127.0.0.1', `?sslmode=verify-full&${strangers}`) }),
    ).rejects.toThrow(/^DATABASE_URL: the server’s certificate is not signed by the CA of sslrootcert \(.*\)$/)
  })

  test('platform a server that wants a client’s certificate is shown it, and one that wants TLS is understood', async () => {
    expect(await isEncrypted(at('vault', '127.0.0.1', `?sslmode=verify-full&${ca()}&${certified()}`))).toBe(true)
    expect(await whyNot(at('vault', '127.0.0.1', `?sslmode=verify-full&${ca()}`))).toMatch(
      /wants a client’s certificate/,
    )
    const stranger = theirs.issue('client')
    const theirsToo = `sslcert=${stranger.certFile}&sslkey=${stranger.keyFile}`
    expect(await whyNot(at('vault', '127.0.0.1', `?sslmode=verify-full&${ca()}&${theirsToo}`))).not.toBe('connected')
  })

  test('platform a certificate that was renewed is the next connection’s, without a restart', async () => {
    const [certFile, keyFile] = [join(stateDir, 'mounted.crt'), join(stateDir, 'mounted.key')]
    const put = async (from: typeof client) => {
      await copyFile(from.certFile, certFile)
      await copyFile(from.keyFile, keyFile)
    }
    await put(client)
    const url = at('vault', '127.0.0.1', `?sslmode=verify-full&${ca()}&sslcert=${certFile}&sslkey=${keyFile}`)
    const pool = createPool(url, { max: 2, applicationName: 'tls-test' })
    try {
      const serialOf = async (one: { query(sql: string): Promise<{ rows: { client_serial?: string }[] }> }) =>
        (await one.query('select client_serial from pg_stat_ssl where pid = pg_backend_pid()')).rows[0]?.client_serial
      const before = await pool.connect()
      await put(ours.issue('client'))
      const after = await pool.connect()
      const [old, renewed] = [await serialOf(before), await serialOf(after)]
      before.release()
      after.release()
      expect(old).toBeDefined()
      expect(renewed).not.toBe(old)
    } finally {
      await pool.end()
    }
  })

  test('platform two addresses that lead to two databases are told apart before anything is written, one that is away is waited for', async () => {
    const [one, other] = [at('postgres', '127.0.0.1', ''), at('template1', '127.0.0.1', '')]
    await expect(firstContact({ DATABASE_URL: one, DATABASE_DIRECT_URL: other })).rejects.toThrow(
      /DATABASE_DIRECT_URL leads to another database/,
    )
    const same = at('postgres', '127.0.0.2', `?sslmode=verify-ca&${ca()}`)
    await expect(firstContact({ DATABASE_URL: one, DATABASE_DIRECT_URL: same })).resolves.toBeUndefined()
    await expect(firstContact({ DATABASE_URL: 'postgres://nobody@127.0.0.1:1/org' })).resolves.toBeUndefined()
  })
})
