import { describe, expect, test } from '@jest/globals'
import { TokenRefused } from './kafka-bearer.ts'
import { whyRefused } from './kafka-contact.ts'
import { TokenUnavailable } from './kafka-oauth.ts'

const fault = (fields: object) => Object.assign(new Error('said elsewhere'), fields)
/** As the client gives up on what it takes for something that may pass. */
const givenUp = (cause: Error) => fault({ name: 'KafkaJSNumberOfRetriesExceeded', cause })
const connection = (code: string) => givenUp(fault({ name: 'KafkaJSConnectionError', code }))

describe('platform why Kafka and a process do not talk', () => {
  test.each<[string, Error, string | null]>([
    ['nobody at the address', connection('ECONNREFUSED'), null],
    ['a broker that goes away', connection('ECONNRESET'), null],
    ['a provider of tokens that is away', new TokenUnavailable('cannot be reached', { mayPass: true }), null],
    ['a provider that refuses', new TokenUnavailable('answered 401'), 'answered 401'],
    ['a token that has ended', givenUp(new TokenRefused('invalid_token')), 'KAFKA_OAUTH_*: invalid_token'],
    ['a CA that is not ours', connection('SELF_SIGNED_CERT_IN_CHAIN'), 'KAFKA_CA_FILE'],
    ['another host', connection('ERR_TLS_CERT_ALTNAME_INVALID'), 'KAFKA_BROKERS'],
    ['Kafka’s certificate at its end', connection('CERT_HAS_EXPIRED'), 'KAFKA_BROKERS'],
    ['no certificate of ours, TLS 1.3', connection('ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED'), 'KAFKA_CERT_FILE'],
    ['ours of another CA', connection('ERR_SSL_TLSV1_ALERT_UNKNOWN_CA'), 'KAFKA_CERT_FILE'],
    ['an alert about nobody’s certificate', connection('ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION'), null],
    ['a mechanism', fault({ type: 'UNSUPPORTED_SASL_MECHANISM' }), 'KAFKA_SASL_MECHANISM'],
    ['a password', fault({ name: 'KafkaJSSASLAuthenticationError' }), 'KAFKA_SASL_USERNAME, KAFKA_SASL_PASSWORD'],
  ])('platform %s', (_, error, said) => {
    const why = whyRefused(error)
    if (said === null) expect(why).toBeNull()
    else expect(why).toContain(said)
  })
})
