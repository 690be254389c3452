import { describe, expect, test } from '@jest/globals'
import { exportJWK, generateKeyPair, type JWK, type JWTPayload, SignJWT } from 'jose'
import {
  type Actor,
  createInternalTokenSigner,
  createInternalTokenVerifier,
  InternalTokenRefused,
  noCounty,
  systemActor,
} from './index.ts'

const nowMs = Date.UTC(2026, 10, 2, 9)
const now = nowMs / 1000
const actor = { ...systemActor('00000000-0000-7000-8000-000000000001'), grants: [] }

const person = '00000000-0000-7000-8000-000000000002'
const ofCity: Actor = {
  ...{ kind: 'PERSON', accountId: person, cityId: '00000000-0000-7000-8000-000000000003', countyId: noCounty },
  ...{ memberId: null, memberOrgId: null, grants: [], scopes: [] },
}

const { privateKey, publicKey } = await generateKeyPair('EdDSA', { extractable: true })
const jwks = { keys: [{ ...(await exportJWK(publicKey)), kid: 'own', alg: 'EdDSA' }] }
/** A token of the gateway's own key that says what the gateway would not. */
const sign = (claims: JWTPayload, key = privateKey) =>
  new SignJWT({ iss: 'linghang-gateway', aud: 'linghang-subgraph', ...claims })
    .setProtectedHeader({ alg: 'EdDSA', kid: 'own' })
    .sign(key)
const verify = async (token: string | undefined, atMs = nowMs) => createInternalTokenVerifier(jwks)(token, atMs)
const whole = { actor, iat: now, exp: now + 60 }
const without = (name: keyof typeof whole): JWTPayload =>
  Object.fromEntries(Object.entries(whole).filter(([claim]) => claim !== name))

describe('platform a token inside the platform', () => {
  test('platform is taken as the gateway makes it', async () => {
    const token = await (await createInternalTokenSigner({ ...(await exportJWK(privateKey)), kid: 'own' } as JWK))(
      actor,
    )
    await expect(verify(token, Date.now())).resolves.toEqual(actor)
    await expect(verify(await sign(whole))).resolves.toEqual(actor)
  })

  test('platform of an office of a city is taken where it says nothing else', async () => {
    await expect(verify(await sign({ ...whole, actor: ofCity }))).resolves.toEqual(ofCity)
  })

  test.each<[string, object]>([
    ['a county', { countyId: actor.countyId }],
    ['a person’s file', { memberId: person }],
    ['a grant', { grants: [{ role: 'ADMIN', orgId: null }] }],
    ['the system', { kind: 'SYSTEM' }],
    ['an app', { kind: 'APP' }],
    ['no city after all', { cityId: null }],
  ])('platform of an office of a city that is said to be %s too is refused', async (_, beside) => {
    await expect(verify(await sign({ ...whole, actor: { ...ofCity, ...beside } }))).rejects.toThrow(
      InternalTokenRefused,
    )
  })

  test.each<[string, JWTPayload]>([
    ['without an end', without('exp')],
    ['without its time', without('iat')],
    ['that names nobody', without('actor')],
    ['whose actor is a text', { ...whole, actor: 'admin' }],
    ['whose actor is null', { ...whole, actor: null }],
    ['whose actor has no county', { ...whole, actor: { grants: [] } }],
    ['whose actor has no grants', { ...whole, actor: { countyId: actor.countyId } }],
    ['of another issuer', { ...whole, iss: 'somebody' }],
    ['for somebody else', { ...whole, aud: 'somebody' }],
    ['that ends in a year, made long ago', { actor, iat: now - 66, exp: now + 31_536_000 }],
    ['that has ended', { actor, iat: now - 66, exp: now - 6 }],
    ['made in the future', { actor, iat: now + 6, exp: now + 66 }],
  ])('platform %s is refused', async (_, claims) => {
    await expect(verify(await sign(claims))).rejects.toThrow(InternalTokenRefused)
  })

  test('platform at the edge of its minute, with five seconds for clocks, it is still taken', async () => {
    await expect(verify(await sign({ actor, iat: now - 65, exp: now + 31_536_000 }))).resolves.toEqual(actor)
    await expect(verify(await sign({ actor, iat: now - 60, exp: now - 4 }))).resolves.toEqual(actor)
  })

  test('platform one that ends in a year is not remembered beyond its minute', async () => {
    const verifier = createInternalTokenVerifier(jwks)
    const token = await sign({ actor, iat: now, exp: now + 31_536_000 })
    await expect(verifier(token, nowMs)).resolves.toEqual(actor)
    await expect(verifier(token, nowMs + 66_000)).rejects.toThrow(InternalTokenRefused)
  })

  test('platform what a key has signed is refused from the moment it is taken out, remembered or not', async () => {
    let present = jwks
    const verifier = createInternalTokenVerifier(() => present)
    const token = await sign(whole)
    await expect(verifier(token, nowMs)).resolves.toEqual(actor)
    const other = await exportJWK((await generateKeyPair('EdDSA', { extractable: true })).publicKey)
    present = { keys: [...jwks.keys, { ...other, kid: 'other', alg: 'EdDSA' }] }
    await expect(verifier(token, nowMs)).resolves.toEqual(actor)
    present = { keys: [{ ...other, kid: 'other', alg: 'EdDSA' }] }
    await expect(verifier(token, nowMs)).rejects.toThrow(InternalTokenRefused)
  })

  test('platform the gateway signs with the key of now', async () => {
    const next = await generateKeyPair('EdDSA', { extractable: true })
    const jwkOf = async (key: typeof privateKey, kid: string) => ({ ...(await exportJWK(key)), kid }) as JWK
    let present = await jwkOf(privateKey, 'own')
    const signAs = await createInternalTokenSigner(() => present)
    const kidOf = (token: string) => JSON.parse(Buffer.from(token.split('.')[0] ?? '', 'base64url').toString()).kid
    expect(kidOf(await signAs(actor))).toBe('own')
    present = await jwkOf(next.privateKey, 'next')
    expect(kidOf(await signAs(actor))).toBe('next')
  })

  test('platform another key’s, and none, are refused', async () => {
    const other = await generateKeyPair('EdDSA')
    await expect(verify(await sign(whole, other.privateKey))).rejects.toThrow(InternalTokenRefused)
    await expect(verify(undefined)).rejects.toThrow(InternalTokenRefused)
  })
})
