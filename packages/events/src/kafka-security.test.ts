import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from '@jest/globals'
import { type KafkaEnvironment, kafkaSecurityOf, readKafkaSecurity } from './kafka-security.ts'

const folder = mkdtempSync(join(tmpdir(), 'linghang-kafka-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const file = (name: string): string => {
  writeFileSync(join(folder, name), `pem of ${name}`)
  return join(folder, name)
}
const user = { KAFKA_SASL_USERNAME: 'org', KAFKA_SASL_PASSWORD: 'kept to itself' }

const bearer: KafkaEnvironment = { KAFKA_SECURITY_PROTOCOL: 'SASL_SSL', KAFKA_SASL_MECHANISM: 'OAUTHBEARER' }
const client = { KAFKA_OAUTH_CLIENT_ID: 'org', KAFKA_OAUTH_CLIENT_SECRET: 'kept to itself' }

describe('platform how Kafka is reached', () => {
  test.each<[string, KafkaEnvironment, object]>([
    ['as it stands on a laptop', {}, {}],
    ['in clear', { KAFKA_SECURITY_PROTOCOL: 'PLAINTEXT' }, {}],
    ['over TLS, with whom the system trusts', { KAFKA_SECURITY_PROTOCOL: 'SSL' }, { ssl: {} }],
    [
      'over TLS, as somebody',
      {
        KAFKA_SECURITY_PROTOCOL: 'SSL',
        ...{ KAFKA_CA_FILE: file('ca'), KAFKA_CERT_FILE: file('cert'), KAFKA_KEY_FILE: file('key') },
      },
      { ssl: { ca: 'pem of ca', cert: 'pem of cert', key: 'pem of key' } },
    ],
    [
      'with a password, never said itself',
      { KAFKA_SECURITY_PROTOCOL: 'SASL_SSL', ...user },
      { ssl: {}, sasl: { mechanism: 'scram-sha-512', username: 'org', password: 'kept to itself' } },
    ],
    [
      'with a password and no TLS',
      { KAFKA_SECURITY_PROTOCOL: 'SASL_PLAINTEXT', KAFKA_SASL_MECHANISM: 'SCRAM-SHA-256', ...user },
      { sasl: { mechanism: 'scram-sha-256', username: 'org', password: 'kept to itself' } },
    ],
  ])('platform %s', (_, env, wanted) => {
    expect(kafkaSecurityOf(env)).toEqual(wanted)
  })

  test.each<[string, KafkaEnvironment, string]>([
    [
      'a user without a password',
      { KAFKA_SECURITY_PROTOCOL: 'SASL_SSL', KAFKA_SASL_USERNAME: 'org' },
      'KAFKA_SASL_PASSWORD',
    ],
    ['nobody', { KAFKA_SECURITY_PROTOCOL: 'SASL_SSL' }, 'KAFKA_SASL_USERNAME'],
    ['a password that would be left out', user, 'KAFKA_SECURITY_PROTOCOL=SASL_SSL'],
    ['a CA that would be left out', { KAFKA_CA_FILE: file('ca') }, 'KAFKA_SECURITY_PROTOCOL=SSL'],
    [
      'a certificate without its key',
      { KAFKA_SECURITY_PROTOCOL: 'SSL', KAFKA_CERT_FILE: file('cert') },
      'KAFKA_KEY_FILE',
    ],
    [
      'a token beside a password’s mechanism',
      { KAFKA_SECURITY_PROTOCOL: 'SASL_SSL', ...user, KAFKA_OAUTH_TOKEN_FILE: '/token' },
      'KAFKA_SASL_MECHANISM=OAUTHBEARER',
    ],
    ['a token in clear', { KAFKA_OAUTH_TOKEN_FILE: '/token' }, 'KAFKA_SECURITY_PROTOCOL=SASL_SSL'],
    ['a bearer without a token', bearer, 'KAFKA_OAUTH_TOKEN_FILE or KAFKA_OAUTH_TOKEN_ENDPOINT'],
    [
      'a token of two places',
      { ...bearer, KAFKA_OAUTH_TOKEN_FILE: '/token', KAFKA_OAUTH_TOKEN_ENDPOINT: 'https://id.example.test/token' },
      'one of the two',
    ],
    [
      'an endpoint without a client’s secret',
      { ...bearer, KAFKA_OAUTH_TOKEN_ENDPOINT: 'https://id.example.test/token', KAFKA_OAUTH_CLIENT_ID: 'org' },
      'KAFKA_OAUTH_CLIENT_SECRET',
    ],
    [
      'a secret sent in clear',
      { ...bearer, ...client, KAFKA_OAUTH_TOKEN_ENDPOINT: 'http://id.example.test/token' },
      'https in KAFKA_OAUTH_TOKEN_ENDPOINT',
    ],
  ])('platform %s is refused by name, without a value', (_, env, named) => {
    const refused = () => kafkaSecurityOf(env)
    expect(refused).toThrow(named)
    expect(refused).not.toThrow(/kept to itself/)
  })

  test('platform a token comes from a file, or from an endpoint that is asked over TLS', () => {
    const wanted = { ssl: {}, sasl: { mechanism: 'oauthbearer', authenticationProvider: expect.any(Function) } }
    expect(kafkaSecurityOf({ ...bearer, KAFKA_OAUTH_TOKEN_FILE: '/token' })).toEqual(wanted)
    const endpoint = { ...bearer, ...client, KAFKA_OAUTH_TOKEN_ENDPOINT: 'https://id.example.test/token' }
    expect(kafkaSecurityOf(endpoint)).toEqual(wanted)
  })

  test('platform a password, a name and certificates are those of the moment at which a connection is opened', () => {
    const env: KafkaEnvironment = {
      ...{ KAFKA_SECURITY_PROTOCOL: 'SASL_SSL', ...user },
      ...{ KAFKA_CA_FILE: file('now'), KAFKA_CERT_FILE: file('cert2'), KAFKA_KEY_FILE: file('key2') },
    }
    const { sasl, ssl } = kafkaSecurityOf(env)
    const opened = () => ({ ...(sasl as object), ...(ssl as object) })
    expect(opened()).toMatchObject({ username: 'org', password: 'kept to itself', cert: 'pem of cert2' })
    Object.assign(env, { KAFKA_SASL_USERNAME: 'other', KAFKA_SASL_PASSWORD: 'changed' })
    writeFileSync(join(folder, 'cert2'), 'the next')
    rmSync(join(folder, 'key2'))
    expect(opened()).toMatchObject({ username: 'other', password: 'changed', cert: 'the next', key: 'pem of key2' })
  })

  test('platform an operator’s command reads it from its environment, and says which variable is wrong', () => {
    const env = { KAFKA_SECURITY_PROTOCOL: 'SASL_SSL', ...user }
    expect(readKafkaSecurity(env)).toEqual(kafkaSecurityOf(env as KafkaEnvironment))
    expect(readKafkaSecurity({})).toEqual({})
    expect(() => readKafkaSecurity({ KAFKA_SECURITY_PROTOCOL: 'TLS' })).toThrow('KAFKA_SECURITY_PROTOCOL')
  })
})
