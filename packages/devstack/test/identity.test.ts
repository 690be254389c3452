import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals'
import { createRemoteJWKSet, jwtVerify } from 'jose'
import {
  addAccount,
  addClient,
  apiAudience,
  type IdentityProvider,
  obtainAppToken,
  obtainPersonToken,
  refreshPersonToken,
  startIdentityProvider,
} from '../src/index.ts'
import { crash, createScratch, quiet, rejection } from './scratch.ts'

const scratch = createScratch()
jest.setTimeout(120_000)
const person = { username: 'secretary@330302', password: 'correct horse', sub: 'person-1', name: '测试' }
let provider: IdentityProvider
let start: () => Promise<IdentityProvider>
let accountsFile: string
let clientsFile: string

beforeAll(async () => {
  const stateDir = await scratch.folder()
  accountsFile = join(stateDir, 'accounts.json')
  clientsFile = join(stateDir, 'clients.json')
  start = async () => scratch.ended(await startIdentityProvider({ stateDir, accountsFile, clientsFile, report: quiet }))
  provider = await start()
  await addAccount(accountsFile, person)
  await addClient(clientsFile, { clientId: 'board', secret: 's+cr%t', scopes: ['org:read', 'members:read'] })
})
afterAll(() => scratch.clean())

const verify = async (token: string) => {
  const jwks = createRemoteJWKSet(new URL(`${provider.issuer}/jwks`))
  return (await jwtVerify(token, jwks, { issuer: provider.issuer, audience: apiAudience })).payload
}

const signIn = (password = person.password, username = person.username) =>
  obtainPersonToken({ issuer: provider.issuer, username, password })

describe('platform identity provider on a laptop', () => {
  test('platform signs a person in by authorisation code with PKCE, for an hour', async () => {
    const { accessToken, expiresInSeconds } = await signIn()
    expect(await verify(accessToken)).toMatchObject({ sub: 'person-1', client_id: 'linghang-console', scope: 'api' })
    expect(expiresInSeconds).toBe(3600)
  })

  test('platform gives an app those of the scopes asked for that it holds', async () => {
    const scope = 'org:read members:write'
    const credentials = { issuer: provider.issuer, clientId: 'board', clientSecret: 's+cr%t', scope }
    const claims = await verify((await obtainAppToken(credentials)).accessToken)
    expect(claims).toMatchObject({ sub: 'board', client_id: 'board', scope: 'org:read' })
    const wrong = obtainAppToken({ ...credentials, clientSecret: 'guess' })
    expect(await rejection(wrong)).toMatchObject({ code: 'LOGIN_FAILED' })
  })

  test('platform keeps keys and refresh tokens over kill -9, and uses a refresh token once', async () => {
    const { accessToken, refreshToken = '' } = await signIn()
    await crash(provider)
    const before = provider.issuer
    provider = await start()
    expect(provider.issuer).toBe(before)
    expect(await verify(accessToken)).toMatchObject({ sub: 'person-1' })
    const renewed = await refreshPersonToken(provider.issuer, refreshToken)
    expect(await verify(renewed.accessToken)).toMatchObject({ sub: 'person-1', scope: 'api' })
    expect(await rejection(refreshPersonToken(provider.issuer, refreshToken))).toMatchObject({ code: 'LOGIN_FAILED' })
  })

  test('platform refuses a code flow without PKCE', async () => {
    const query = new URLSearchParams({
      client_id: 'linghang-console',
      response_type: 'code',
      redirect_uri: 'http://127.0.0.1:5555/callback',
      scope: 'openid api',
      state: 's',
    })
    const response = await fetch(`${provider.issuer}/auth?${query}`, { redirect: 'manual' })
    expect(response.headers.get('location')).toContain('error=invalid_request')
  })

  test('platform closes a name after ten wrong passwords, whether it exists or not, and no other', async () => {
    await addAccount(accountsFile, { ...person, username: 'other', sub: 'person-2' })
    await addAccount(accountsFile, { ...person, username: 'attacked', sub: 'person-3' })
    for (let attempt = 0; attempt < 10; attempt += 1) {
      expect(await rejection(signIn('wrong', 'attacked'))).toMatchObject({
        en: expect.stringContaining('wrong name or password'),
      })
    }
    expect(await rejection(signIn(person.password, 'attacked'))).toMatchObject({
      en: expect.stringContaining('Too many attempts'),
    })
    expect(await verify((await signIn(person.password, 'other')).accessToken)).toMatchObject({ sub: 'person-2' })
  })
})
