import { generateKeyPairSync } from 'node:crypto'
import { beforeAll, describe, expect, jest, test } from '@jest/globals'
import { type Actor, createInternalTokenSigner } from '@linghang/access'
import { codesOf, dataOf, entityOf, post, send, tokenOf } from '@linghang/harness/ask'
import { actorOf, type County, createCounty, seedAccount, seedBranch } from '@linghang/harness/county'
import { everyoneKnown, importRoster } from '@linghang/harness/imports'
import { fullMember, membersCsv } from '@linghang/harness/people'
import { surroundings } from '@linghang/harness/surroundings'
import { type ServiceName, services } from '@linghang/migrations'
import { importJWK, type JWK, SignJWT } from 'jose'

jest.setTimeout(120_000)

let county: County
let branchId: string
let memberId: string
beforeAll(async () => {
  county = await createCounty()
  const { branch } = await seedBranch(county)
  branchId = branch.id
  await importRoster(county.world, county.admin, 'members', membersCsv([fullMember(county.code, branch.code)]))
  await everyoneKnown(county)
  const answer = await county.world.ask.members(county.admin, membersOf, { refs: [organisation()] })
  memberId = entityOf(answer).members.nodes[0]?.id as string
})

const organisation = () => ({ __typename: 'Organisation', id: branchId })
const membersOf =
  'query ($refs: [_Any!]!) { _entities(representations: $refs) { ... on Organisation { members { nodes { id } } } } }'

const ask = (service: ServiceName, headers: Record<string, string>) =>
  post(surroundings().services[service], { query: '{ __typename }' }, headers)

/** A token of the right shape, with the key, time and audience told. */
async function craftToken(key: JWK, options: { expiresAt?: number; audience?: string; issuer?: string } = {}) {
  const nowSeconds = Math.floor(Date.now() / 1000)
  return new SignJWT({ actor: county.admin })
    .setProtectedHeader({ alg: 'EdDSA', kid: key.kid ?? '' })
    .setIssuer(options.issuer ?? 'linghang-gateway')
    .setAudience(options.audience ?? 'linghang-subgraph')
    .setIssuedAt(nowSeconds - 120)
    .setExpirationTime(options.expiresAt ?? nowSeconds + 30)
    .sign(await importJWK(key, 'EdDSA'))
}

const foreignKey = (): JWK => ({
  ...(generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' }) as JWK),
  kid: 'test',
  alg: 'EdDSA',
})

describe.each(services)('platform the door of %s', service => {
  const refused = async (authorization: string | undefined) => {
    const answer = await ask(service, authorization === undefined ? {} : { authorization })
    expect({ status: answer.status, codes: codesOf(answer), data: answer.data }).toEqual({
      status: 401,
      codes: ['UNAUTHENTICATED'],
      data: null,
    })
  }

  test('platform lets in whom the gateway has signed for', async () => {
    const answer = await ask(service, { authorization: `Bearer ${await tokenOf(county.admin)}` })
    expect(answer).toEqual({ status: 200, data: { __typename: 'Query' }, errors: [] })
  })

  test('platform refuses a request without a token, or with half of one', async () => {
    await refused(undefined)
    await refused('Bearer ')
    await refused(`Basic ${await tokenOf(county.admin)}`)
    await refused(`Bearer ${(await tokenOf(county.admin)).slice(0, -4)}AAAA`)
  })

  test('platform refuses a token that expired a second ago, is for somebody else, or by somebody else', async () => {
    const { internalTokenKey } = surroundings()
    await refused(`Bearer ${await craftToken(internalTokenKey, { expiresAt: Math.floor(Date.now() / 1000) - 1 })}`)
    await refused(`Bearer ${await craftToken(internalTokenKey, { audience: 'urn:linghang:api' })}`)
    await refused(`Bearer ${await craftToken(internalTokenKey, { issuer: 'https://id.example.test' })}`)
    await refused(`Bearer ${await craftToken(foreignKey())}`)
    const signAsStranger = await createInternalTokenSigner(foreignKey())
    await refused(`Bearer ${await signAsStranger(county.admin)}`)
  })

  test('platform tells nobody its schema by introspection', async () => {
    const authorization = `Bearer ${await tokenOf(county.admin)}`
    const answer = await post(
      surroundings().services[service],
      { query: '{ __schema { types { name } } }' },
      { authorization },
    )
    expect(answer.status).toBe(400)
    expect(answer.data).toBeNull()
    expect(codesOf(answer)).toEqual(['GRAPHQL_VALIDATION_FAILED'])
  })
})

describe('platform an app works within the scopes of its token', () => {
  let app: Actor
  const withScopes = (...scopes: string[]): Actor => ({ ...app, scopes })

  beforeAll(async () => {
    const { subject } = await seedAccount(county, { keptBy: branchId, kind: 'APP', role: 'APP' })
    app = await actorOf(county.world, subject)
  })

  const reads: Record<ServiceName, [query: string, variables: () => object]> = {
    org: ['query ($id: ID!) { organisation(id: $id) { code } }', () => ({ id: branchId })],
    members: [membersOf, () => ({ refs: [organisation()] })],
    dues: [
      'query ($refs: [_Any!]!) { _entities(representations: $refs) { ... on Member { duesRecord { owes } } } }',
      () => ({ refs: [{ __typename: 'Member', id: memberId }] }),
    ],
    assessment: [
      'query ($refs: [_Any!]!) { _entities(representations: $refs) { ... on Organisation { indicators { key } } } }',
      () => ({ refs: [organisation()] }),
    ],
    workflows: [
      'query ($refs: [_Any!]!) { _entities(representations: $refs) { ... on Organisation { deadlines { totalCount } } } }',
      () => ({ refs: [organisation()] }),
    ],
  }

  test.each(services)('platform an app reads from %s with its read scope and with no other', async service => {
    const [query, variables] = reads[service]
    const others = services.filter(name => name !== service).map(name => `${name}:read`)
    for (const scopes of [[], others, [`${service}:write`]]) {
      const refused = await county.world.askUntyped[service](withScopes(...scopes), query, variables())
      expect(codesOf(refused)).toEqual(['SCOPE_MISSING'])
      expect(refused.errors[0]?.extensions?.params).toEqual({ wanted: `${service}:read` })
      expect(refused.data).toBeNull()
    }
    const answered = await county.world.askUntyped[service](withScopes(`${service}:read`), query, variables())
    expect(JSON.stringify(dataOf(answered))).not.toMatch(/null|\[\]/)
  })

  const change = 'mutation ($input: ChangeMemberInput!) { changeMember(input: $input) { member { floating } } }'
  const floating = (value: boolean) => ({ input: { id: memberId, floating: value } })

  test('platform an app changes with its write scope, which does not stand in for the read scope', async () => {
    for (const [scopes, wanted] of [
      [['members:read'], 'members:write'],
      [['org:write', 'org:read', 'members:read'], 'members:write'],
      [['members:write'], 'members:read'],
    ] as const) {
      const refused = await county.world.ask.members(withScopes(...scopes), change, floating(true))
      expect(codesOf(refused)).toEqual(['SCOPE_MISSING'])
      expect(refused.errors[0]?.extensions?.params).toEqual({ wanted })
    }
    const done = await county.world.ask.members(withScopes('members:write', 'members:read'), change, floating(true))
    expect(dataOf(done)).toEqual({ changeMember: { member: { floating: true } } })
  })

  test('platform plain HTTP asks for scopes too, and people need none', async () => {
    const { status, text } = await send(county.world.urls.members, withScopes('members:read'), {
      method: 'PUT',
      path: '/imports/00000000-0000-7000-8000-000000000000/file',
      body: Buffer.from('x'),
    })
    expect({ status, code: JSON.parse(text).code }).toEqual({ status: 403, code: 'SCOPE_MISSING' })
    const csv = { path: '/imports/00000000-0000-7000-8000-000000000000/findings.csv' }
    expect((await send(county.world.urls.members, withScopes('org:read'), csv)).status).toBe(403)
    expect((await send(county.world.urls.members, county.admin, csv)).status).toBe(404)
  })
})
