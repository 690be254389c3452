import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from '@jest/globals'
import { temporalSecurityOf } from './security.ts'

const folder = mkdtempSync(join(tmpdir(), 'linghang-temporal-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const file = (name: string): string => {
  writeFileSync(join(folder, name), name)
  return join(folder, name)
}
type Env = Parameters<typeof temporalSecurityOf>[0]

describe('platform how Temporal is reached', () => {
  test.each<[string, Env, object]>([
    ['in clear, as it stands on a laptop', { TEMPORAL_TLS: 'off' }, {}],
    ['over TLS, with whom the system trusts', { TEMPORAL_TLS: 'on' }, { tls: {} }],
    [
      'over TLS, as somebody',
      {
        TEMPORAL_TLS: 'on',
        ...{ TEMPORAL_CA_FILE: file('ca'), TEMPORAL_CERT_FILE: file('crt'), TEMPORAL_KEY_FILE: file('key') },
      },
      {
        tls: {
          serverRootCACertificate: Buffer.from('ca'),
          clientCertPair: { crt: Buffer.from('crt'), key: Buffer.from('key') },
        },
      },
    ],
    ['with a key', { TEMPORAL_TLS: 'on', TEMPORAL_API_KEY: 'kept' }, { tls: {}, apiKey: 'kept' }],
  ])('platform %s', (_, env, wanted) => {
    expect(temporalSecurityOf(env)).toEqual(wanted)
  })

  test.each<[string, Env, string]>([
    ['a key in clear', { TEMPORAL_TLS: 'off', TEMPORAL_API_KEY: 'kept' }, 'TEMPORAL_TLS=on'],
    ['a CA that would be left out', { TEMPORAL_TLS: 'off', TEMPORAL_CA_FILE: file('ca') }, 'TEMPORAL_TLS=on'],
    ['a certificate without its key', { TEMPORAL_TLS: 'on', TEMPORAL_CERT_FILE: file('crt') }, 'TEMPORAL_KEY_FILE'],
  ])('platform %s is refused', (_, env, named) => {
    expect(() => temporalSecurityOf(env)).toThrow(named)
  })
})
