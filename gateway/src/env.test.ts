import { describe, expect, test } from '@jest/globals'
import { limitsOf, readEnv } from './env.ts'

const right = {
  HOST: '127.0.0.1',
  PORT: '4000',
  PUBLIC_URL: 'http://127.0.0.1:4000',
  INTERNAL_TOKEN_PRIVATE_KEY: '{"kty":"OKP","crv":"Ed25519","d":"x","x":"y","kid":"k"}',
  OIDC_ISSUER: 'http://127.0.0.1:4010',
  OIDC_AUDIENCE: 'urn:linghang:api',
  SUBGRAPH_URLS: '{"org":"http://org:4001/graphql","dues":"http://dues:4003/"}',
  KAFKA_BROKERS: 'a:9092, b:9092',
}

describe('platform the environment of the gateway', () => {
  test('platform is read, with standards for what is not said', () => {
    const env = readEnv(right)
    expect(env.SUBGRAPH_URLS).toEqual({ org: 'http://org:4001', dues: 'http://dues:4003' })
    expect(env.KAFKA_BROKERS).toEqual(['a:9092', 'b:9092'])
    expect(env.SUPERGRAPH_FILE).toMatch(/gateway\/supergraph\.graphql$/)
    expect(limitsOf(env)).toMatchObject({ depth: 15, aliases: 30, tokens: 5_000, rootFields: 20, inFlight: 500 })
  })

  test.each([
    ['', []],
    ['https://a.example.cn, http://localhost:5173', ['https://a.example.cn', 'http://localhost:5173']],
  ])('platform origins %j whose pages may ask are a list', (said, wanted) => {
    expect(readEnv({ ...right, CORS_ORIGINS: said }).CORS_ORIGINS).toEqual(wanted)
  })

  test.each(['*', 'a.example.cn', 'https://a.example.cn/', 'https://a.example.cn/path', 'null'])(
    'platform %s is no origin',
    said => {
      expect(() => readEnv({ ...right, CORS_ORIGINS: said })).toThrow('CORS_ORIGINS')
    },
  )

  test('platform all that is wrong is said at once, and no secret is printed', () => {
    const wrong = {
      ...right,
      PORT: 'x',
      SUBGRAPH_URLS: '{"dues":"http://dues"}',
      OIDC_ISSUER: undefined,
      MAX_DEPTH: '0',
    }
    const key = '{"kty":"RSA","d":"secret"}'
    const read = () => readEnv({ ...wrong, INTERNAL_TOKEN_PRIVATE_KEY: key })
    for (const name of ['PORT', 'SUBGRAPH_URLS', 'OIDC_ISSUER', 'MAX_DEPTH', 'INTERNAL_TOKEN_PRIVATE_KEY']) {
      expect(read).toThrow(name)
    }
    expect(read).not.toThrow('secret')
  })
})
