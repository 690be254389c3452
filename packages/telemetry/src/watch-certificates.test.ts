import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { certificateFiles, notAfterSeconds } from './watch-certificates.ts'

const folder = mkdtempSync(join(tmpdir(), 'linghang-certificates-'))
afterAll(() => rmSync(folder, { recursive: true }))

const certificate = (name: string, days: number): string => {
  const [file, key] = [join(folder, `${name}.pem`), join(folder, `${name}.key`)]
  const subject = ['-subj', `/CN=${name}`, '-days', String(days)]
  execFileSync('openssl', ['req', '-x509', '-newkey', 'ed25519', '-nodes', '-keyout', key, '-out', file, ...subject], {
    stdio: 'ignore',
  })
  return readFileSync(file, 'utf8')
}

describe('platform when certificates end', () => {
  let [near, far] = ['', '']
  beforeAll(() => {
    near = certificate('near', 3)
    far = certificate('far', 300)
  })
  const inDays = (pem: string) => Math.round((notAfterSeconds(pem) - Date.now() / 1_000) / 86_400)

  test('platform a chain ends with the first of it that does, wherever it stands', () => {
    expect([inDays(near), inDays(far), inDays(far + near), inDays(near + far)]).toEqual([3, 300, 3, 3])
  })

  test('platform a file in which there is none has ended', () => {
    expect(notAfterSeconds('')).toBe(0)
    expect(notAfterSeconds(readFileSync(join(folder, 'near.key'), 'utf8'))).toBe(0)
  })

  test('platform files are known by the variables that name them, those of Temporal too, and keys are no certificates', () => {
    expect(
      certificateFiles({
        KAFKA_CA_FILE: '/a',
        KAFKA_CERT_FILE: '/b',
        KAFKA_KEY_FILE: '/c',
        KAFKA_BROKERS: ['x'],
        DATABASE_URL: 'postgres://u@h/org?sslmode=verify-full&sslrootcert=/d&sslkey=/e',
        REGISTER_KEYS: { current: 'k', keys: {} },
        temporal: { TEMPORAL_CA_FILE: '/f' },
        payments: null,
      }),
    ).toEqual({ kafka_ca: '/a', kafka_cert: '/b', database_url_sslrootcert: '/d', temporal_ca: '/f' })
  })
})
