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
  ])('platform %s is refused by name, without a value', (_, env, named) => {
    const refused = () => kafkaSecurityOf(env)
    expect(refused).toThrow(named)
    expect(refused).not.toThrow(/kept to itself/)
  })

  test('platform an operator’s command reads it from its environment, and says which variable is wrong', () => {
    const env = { KAFKA_SECURITY_PROTOCOL: 'SASL_SSL', ...user }
    expect(readKafkaSecurity(env)).toEqual(kafkaSecurityOf(env as KafkaEnvironment))
    expect(readKafkaSecurity({})).toEqual({})
    expect(() => readKafkaSecurity({ KAFKA_SECURITY_PROTOCOL: 'TLS' })).toThrow('KAFKA_SECURITY_PROTOCOL')
  })
})
