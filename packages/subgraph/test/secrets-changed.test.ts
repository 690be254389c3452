import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals'
import { createInternalTokenSigner } from '@linghang/access'
import { createAsk, dataOf, post } from '@linghang/harness/ask'
import { type County, createCounty, seedTwoCommittees } from '@linghang/harness/county'
import { databaseUrl, look } from '@linghang/harness/databases'
import { secretVolume } from '@linghang/harness/secret-volume'
import { type StartedService, startService } from '@linghang/harness/start-service'
import { logOf, surroundings } from '@linghang/harness/surroundings'
import { until } from '@linghang/harness/until'
import { sharedWorld } from '@linghang/harness/world'
import type { JWK } from 'jose'

jest.setTimeout(120_000)

const login = 'linghang_login_changed'
const at = surroundings()
const folder = mkdtempSync(join(tmpdir(), 'linghang-secrets-'))
const { d: _secret, ...publicKey } = at.internalTokenKey
const ringOf = (current: string, keys: Record<string, string>) => JSON.stringify({ current, keys })
const newKey = () => randomBytes(32).toString('base64')

const urlWith = (password: string): string => {
  const url = new URL(databaseUrl(at, 'org'))
  url.username = login
  url.password = password
  return url.href
}
const secrets = {
  DATABASE_URL: urlWith('first'),
  INTERNAL_TOKEN_JWKS: JSON.stringify({ keys: [publicKey] }),
  CURSOR_KEY: at.cursorKey,
  REGISTER_KEYS: JSON.stringify(at.registerKeys),
}
type Name = keyof typeof secrets
const volume = secretVolume<Name>(folder, secrets)
const change = (changed: Partial<Record<Name, string>>) => volume.swap(Object.assign(secrets, changed))

let asking: ReturnType<typeof askOn> | undefined
let org: StartedService<'org'>
let county: County
const ask = (actor: County['admin'], after: string | null = null) =>
  createAsk(org.url)(
    actor,
    'query ($after: String) { organisations(first: 2, after: $after) { nodes { code } pageInfo { endCursor } } }',
    { after },
  )
const readAnew = (name: Name, times: number) =>
  until(() => logOf(org.server.name).split(`"variable":"${name}_FILE"`).length > times, 10_000, `${name} is read anew`)

beforeAll(async () => {
  await look(
    'org',
    `do $$ begin
       if not exists (select from pg_roles where rolname = '${login}') then create role ${login} login noinherit; end if;
     end $$`,
  )
  await look('org', `alter role ${login} password 'first'`)
  for (const role of ['linghang_county', 'linghang_scoped', 'linghang_service'])
    await look('org', `grant ${role} to ${login} with inherit false, set true`)
  const env = Object.fromEntries(Object.keys(secrets).map(name => [`${name}_FILE`, volume.path(name as Name)]))
  org = await startService('org', { env: { ...env, DATABASE_CONNECTIONS: '60' } })
  county = await createCounty()
  await seedTwoCommittees(county)
})
afterAll(async () => {
  await asking?.end()
  await org?.stop()
  rmSync(folder, { recursive: true, force: true })
})

/** Asks without a pause, and remembers what went wrong. */
function askOn() {
  const failed: unknown[] = []
  let goesOn = true
  let asked = 0
  const one = async () => {
    while (goesOn) {
      await ask(county.admin)
        .then(dataOf)
        .catch(error => failed.push(error))
      asked++
    }
  }
  const running = Promise.all([one(), one()])
  return {
    failed,
    async end() {
      goesOn = false
      await running
      return asked
    },
  }
}

const connections = async (): Promise<number> => {
  const [row] = await look('org', 'select count(*)::int as n from pg_stat_activity where usename = $1', [login])
  return row.n
}
/** As many at once as it takes to have the service sign in anew. */
async function askUntilSignedIn(): Promise<void> {
  const before = await connections()
  for (let together = before + 4; (await connections()) <= before; together += 4)
    for (const answer of await Promise.all(Array.from({ length: Math.min(together, 100) }, () => ask(county.admin))))
      dataOf(answer)
}

describe('platform secrets that are changed under a service that runs', () => {
  test('platform a password is changed, first in the file or first in PostgreSQL: no request fails, nothing is started anew', async () => {
    asking = askOn()
    await askUntilSignedIn()
    // The file first: PostgreSQL does not know this password yet.
    change({ DATABASE_URL: urlWith('second') })
    await readAnew('DATABASE_URL', 1)
    await askUntilSignedIn()
    await look('org', `alter role ${login} password 'second'`)
    await askUntilSignedIn()
    // PostgreSQL first: whoever signs in meanwhile waits for the file.
    await look('org', `alter role ${login} password 'third'`)
    const waiting = askUntilSignedIn()
    await new Promise(resolve => setTimeout(resolve, 500))
    change({ DATABASE_URL: urlWith('third') })
    await waiting
    expect(await asking.end()).toBeGreaterThan(20)
    expect(asking.failed).toEqual([])
    expect(() => process.kill(org.server.pid ?? 0, 0)).not.toThrow()
  })

  test('platform a new key of the gateway is believed once it is in the file, and an old one no more once it is out', async () => {
    const { privateKey } = generateKeyPairSync('ed25519')
    const next = { ...(privateKey.export({ format: 'jwk' }) as JWK), kid: 'next', alg: 'EdDSA' }
    const { d: _private, ...nextPublic } = next
    const askWith = async (key: JWK) => {
      const token = await (await createInternalTokenSigner(key))(county.admin)
      return (await post(org.url, { query: '{ __typename }' }, { authorization: `Bearer ${token}` })).status
    }
    expect([await askWith(at.internalTokenKey), await askWith(next)]).toEqual([200, 401])
    change({ INTERNAL_TOKEN_JWKS: JSON.stringify({ keys: [publicKey, nextPublic] }) })
    await readAnew('INTERNAL_TOKEN_JWKS', 1)
    expect([await askWith(at.internalTokenKey), await askWith(next)]).toEqual([200, 200])
    change({ INTERNAL_TOKEN_JWKS: JSON.stringify({ keys: [nextPublic] }) })
    await readAnew('INTERNAL_TOKEN_JWKS', 2)
    expect([await askWith(at.internalTokenKey), await askWith(next)]).toEqual([401, 200])
    change({ INTERNAL_TOKEN_JWKS: JSON.stringify({ keys: [publicKey] }) })
    await readAnew('INTERNAL_TOKEN_JWKS', 3)
  })

  test('platform cursors are signed with the first key, and those of the others are good until they are taken out', async () => {
    const cursorOf = async (after: string | null = null): Promise<string> =>
      dataOf(await ask(county.admin, after)).organisations.pageInfo.endCursor
    const old = await cursorOf()
    const next = randomBytes(32).toString('hex')
    change({ CURSOR_KEY: `${next}\n${at.cursorKey}\n` })
    await readAnew('CURSOR_KEY', 1)
    const signedAnew = await cursorOf()
    expect(signedAnew).not.toBe(old)
    expect(await cursorOf(old)).toBe(await cursorOf(signedAnew))
    change({ CURSOR_KEY: next })
    await readAnew('CURSOR_KEY', 2)
    expect(await cursorOf(signedAnew)).toBeTruthy()
    expect((await ask(county.admin, old)).errors[0]?.extensions?.code).toBe('BAD_INPUT')
  })

  test('platform a master key that is added and made current wraps what comes, and what was wrapped before stays open', async () => {
    const world = sharedWorld({ org: org.url })
    const wrappedBy = async ({ id }: County) =>
      (await look('org', 'select master_key_id from county_key where county_id = $1', [id]))[0]?.master_key_id
    const before = await createCounty(world)
    dataOf(await ask(before.admin))
    change({ REGISTER_KEYS: ringOf('k9', { ...at.registerKeys.keys, k9: newKey() }) })
    await readAnew('REGISTER_KEYS', 1)
    const after = await createCounty(world)
    dataOf(await ask(after.admin))
    expect([await wrappedBy(before), await wrappedBy(after)]).toEqual(['k1', 'k9'])
    dataOf(await ask(before.admin))
  })

  test('platform a file that is not right is told by its variable alone, and the service goes on with what it had', async () => {
    change({ REGISTER_KEYS: '{"current":"k9","keys":{"k9":"c2hvcnQ="}}' })
    await until(() => logOf(org.server.name).includes('a secret’s file is not right'), 10_000)
    const line = logOf(org.server.name)
      .split('\n')
      .find(text => text.includes('a secret’s file is not right'))
    expect(JSON.parse(line ?? '')).toMatchObject({ variable: 'REGISTER_KEYS_FILE', problem: 'each key has 32 bytes' })
    expect(line).not.toContain('c2hvcnQ')
    dataOf(await ask(county.admin))
  })
})
