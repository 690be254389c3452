import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, test } from '@jest/globals'
import { createLog } from '@linghang/telemetry'
import { exportJWK, generateKeyPair, type JWK, SignJWT } from 'jose'
import { createOutsideTokens, type OutsideTokens } from '../src/identity/outside-token.ts'
import { RequestRefused } from '../src/refusals.ts'
import { until } from './world.ts'

const log = createLog('test', 'fatal')
const audience = 'urn:test'
const startMs = Date.parse('2026-11-22T01:00:00Z')
const startSeconds = startMs / 1000

const stops: (() => Promise<void> | void)[] = []
afterEach(async () => {
  for (const stop of stops.splice(0).toReversed()) await stop()
})

type Provider = { issuer: string; port: number; server: Server; keys: JWK[]; asked: number }

async function startProvider(port = 0): Promise<Provider> {
  const provider: Provider = { issuer: '', port: 0, server: createServer(), keys: [], asked: 0 }
  provider.server.on('request', (request, response) => {
    provider.asked += 1
    const found = request.url?.startsWith('/.well-known')
      ? { issuer: provider.issuer, jwks_uri: `${provider.issuer}/jwks` }
      : { keys: provider.keys }
    response.setHeader('content-type', 'application/json').end(JSON.stringify(found))
  })
  await new Promise<void>(resolve => provider.server.listen(port, '127.0.0.1', resolve))
  provider.port = (provider.server.address() as AddressInfo).port
  provider.issuer = `http://127.0.0.1:${provider.port}`
  stops.push(() => stopServer(provider.server))
  return provider
}

const stopServer = (server: Server) =>
  new Promise<void>(resolve => {
    server.close(() => resolve())
    server.closeAllConnections()
  })

async function addKey(provider: Provider, alg: string, kid: string) {
  const pair = await generateKeyPair(alg, { extractable: true })
  provider.keys = [...provider.keys, { ...(await exportJWK(pair.publicKey)), kid, alg, use: 'sig' }]
  return (claims: Record<string, unknown> = {}) =>
    new SignJWT({ iss: provider.issuer, aud: audience, sub: 'person', exp: startSeconds + 3_600, ...claims })
      .setProtectedHeader({ alg, kid })
      .sign(pair.privateKey)
}

function createTokens(issuer: string, clock: { nowMs: number } = { nowMs: startMs }): OutsideTokens {
  const tokens = createOutsideTokens({ issuer, audience, log, nowMs: () => clock.nowMs })
  stops.push(tokens.stop)
  return tokens
}

const refusalOf = async (work: Promise<unknown>): Promise<string> => {
  try {
    await work
    return 'accepted'
  } catch (error) {
    return error instanceof RequestRefused ? `${error.refusal.status} ${error.refusal.code}` : String(error)
  }
}

describe('platform a token of the identity provider', () => {
  test.each(['ES256', 'RS256', 'EdDSA'])('platform signed with %s is accepted and names the person', async alg => {
    const provider = await startProvider()
    const sign = await addKey(provider, alg, 'one')
    const token = await sign({ client_id: 'console', scope: 'openid api' })
    expect(await createTokens(provider.issuer).verify(`Bearer ${token}`)).toEqual({
      issuer: provider.issuer,
      subject: 'person',
      scopes: ['openid', 'api'],
      expiresAtMs: startMs + 3_600_000,
    })
  })

  test.each([
    [{ sub: 'statistics', client_id: 'statistics' }, 'statistics'],
    [{ sub: undefined, client_id: 'statistics' }, 'statistics'],
    [{ sub: 'person', client_id: 'console' }, 'person'],
  ])('platform %j speaks for %s', async (claims, subject) => {
    const provider = await startProvider()
    const sign = await addKey(provider, 'ES256', 'one')
    expect((await createTokens(provider.issuer).verify(`Bearer ${await sign(claims)}`)).subject).toBe(subject)
  })

  test.each([
    ['of another issuer', { iss: 'http://elsewhere.test' }],
    ['for another audience', { aud: 'urn:other' }],
    ['that has expired, beyond what two clocks differ', { exp: startSeconds - 30 }],
    ['without an expiry', { exp: undefined }],
    ['that is not valid yet', { nbf: startSeconds + 60 }],
    ['without a subject', { sub: undefined }],
  ])('platform %s is refused', async (_, claims) => {
    const provider = await startProvider()
    const sign = await addKey(provider, 'ES256', 'one')
    const tokens = createTokens(provider.issuer)
    expect(await refusalOf(tokens.verify(`Bearer ${await sign()}`))).toBe('accepted')
    expect(await refusalOf(tokens.verify(`Bearer ${await sign(claims)}`))).toBe('401 UNAUTHENTICATED')
  })

  test.each([
    ['not valid for half a minute yet', { nbf: startSeconds + 30 }],
    ['expired less than that ago', { exp: startSeconds - 29 }],
  ])('platform %s by our clock is taken: the provider has another', async (_, claims) => {
    const provider = await startProvider()
    const sign = await addKey(provider, 'ES256', 'one')
    expect(await refusalOf(createTokens(provider.issuer).verify(`Bearer ${await sign(claims)}`))).toBe('accepted')
  })

  test('platform signed with a secret, or with nothing, is refused', async () => {
    const provider = await startProvider()
    await addKey(provider, 'ES256', 'one')
    const tokens = createTokens(provider.issuer)
    const claims = { iss: provider.issuer, aud: audience, sub: 'person', exp: startSeconds + 60 }
    const secret = new TextEncoder().encode(JSON.stringify(provider.keys[0]))
    const symmetric = await new SignJWT(claims).setProtectedHeader({ alg: 'HS256', kid: 'one' }).sign(secret)
    const [none, body] = [{ alg: 'none' }, claims].map(part => Buffer.from(JSON.stringify(part)).toString('base64url'))
    for (const token of [symmetric, `${none}.${body}.`]) {
      expect(await refusalOf(tokens.verify(`Bearer ${token}`))).toBe('401 UNAUTHENTICATED')
    }
  })

  test('platform that was accepted once is refused when its time is over', async () => {
    const provider = await startProvider()
    const sign = await addKey(provider, 'ES256', 'one')
    const clock = { nowMs: startMs }
    const tokens = createTokens(provider.issuer, clock)
    const token = await sign({ exp: startSeconds + 30 })
    expect(await refusalOf(tokens.verify(`Bearer ${token}`))).toBe('accepted')
    clock.nowMs = startMs + 29_000
    expect(await refusalOf(tokens.verify(`Bearer ${token}`))).toBe('accepted')
    clock.nowMs = startMs + 60_000
    expect(await refusalOf(tokens.verify(`Bearer ${token}`))).toBe('401 UNAUTHENTICATED')
  })
})

describe('platform the identity provider may come and go', () => {
  test('platform while no key is known callers are told to come back, and are let in once it is there', async () => {
    const gone = await startProvider()
    await stopServer(gone.server)
    const tokens = createTokens(gone.issuer)
    expect(await refusalOf(tokens.verify('Bearer a.b.c'))).toBe('401 UNAUTHENTICATED')
    const { privateKey } = await generateKeyPair('ES256')
    const signed = await new SignJWT({}).setProtectedHeader({ alg: 'ES256', kid: 'one' }).sign(privateKey)
    expect(await refusalOf(tokens.verify(`Bearer ${signed}`))).toBe('503 IDENTITY_PROVIDER_UNAVAILABLE')
    const back = await startProvider(gone.port)
    const sign = await addKey(back, 'ES256', 'one')
    await until(async () => back.asked >= 2)
    expect(await refusalOf(tokens.verify(`Bearer ${await sign()}`))).toBe('accepted')
  })

  test('platform its keys outlive its outage', async () => {
    const provider = await startProvider()
    const sign = await addKey(provider, 'ES256', 'one')
    const tokens = createTokens(provider.issuer)
    expect(await refusalOf(tokens.verify(`Bearer ${await sign()}`))).toBe('accepted')
    await stopServer(provider.server)
    expect(await refusalOf(tokens.verify(`Bearer ${await sign({ sub: 'another' })}`))).toBe('accepted')
  })
})
