import { execFile } from 'node:child_process'
import { randomInt, randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { beforeAll, describe, expect, jest, test } from '@jest/globals'
import type { Actor } from '@linghang/access'
import { askAs, dataOf } from '@linghang/harness/ask'
import { type City, createCity } from '@linghang/harness/city'
import { actorOf, type County, createCounty, issuer, seedAccount, seedBranch } from '@linghang/harness/county'
import { databaseUrl, look } from '@linghang/harness/databases'
import { operatorCommand } from '@linghang/harness/operator-command'
import { surroundings } from '@linghang/harness/surroundings'
import { until } from '@linghang/harness/until'
import { sharedWorld } from '@linghang/harness/world'
import type { NewCity } from '../src/structure/cities/create-city.ts'
import { registerCity } from './register-city.ts'

jest.setTimeout(120_000)
const run = promisify(execFile)

let county: County
let other: County
let city: City
beforeAll(async () => {
  county = await createCounty()
  other = await createCounty()
  city = await createCity([county])
})

const register = (input: NewCity) => registerCity(databaseUrl(surroundings(), 'org'), input)
/** Of a city that nobody has made, as good as always: a million codes, some dozens taken. */
const newCode = (): string => String(randomInt(700_000, 1_000_000))
const login = (subject: string = `city-${randomUUID()}`) => ({ name: '市委组织部', issuer, subject })
const placed = async (countyId: string) =>
  (await look('org', 'select city_id, version::int from city_county where county_id = $1', [countyId]))[0] ?? null
const isWritten = async (code: string) => (await look('org', 'select 1 from city where code = $1', [code])).length > 0

describe('platform the operators’ command for cities', () => {
  test('platform it makes a city, its office, and binds a county, which is told and audited once however often it is run', async () => {
    const own = await createCounty()
    const input = { code: newCode(), name: '某市', office: login(), counties: [own.code] }
    const id = await register(input)
    expect(await register(input)).toBe(id)
    expect(await placed(own.id)).toEqual({ city_id: id, version: 1 })
    // What is told leaves the outbox as soon as Kafka has it: it is looked for where it is heard.
    await until(
      async () =>
        (await look('assessment', 'select 1 from city_county where city_id = $1 and version = 1', [id])).length === 1,
      30_000,
      'another service knows the county of the city',
    )
    const audit = await look(
      'org',
      `select subject_id from audit_entry where county_id = $1 and action = 'county.placed'`,
      [own.id],
    )
    expect(audit).toEqual([{ subject_id: id }])
    expect(await look('org', 'select name, ends_on from city_office where city_id = $1', [id])).toEqual([
      { name: '市委组织部', ends_on: null },
    ])
  })

  test.each<[string, string, () => Promise<Partial<NewCity>>]>([
    ['another name for a known code', 'CITY_NAMED_OTHERWISE', async () => ({ code: city.code, name: '别名' })],
    ['a county that nobody registered', 'COUNTY_UNREGISTERED', async () => ({ counties: [other.code, '000000'] })],
    ['a county of another city', 'COUNTY_IN_OTHER_CITY', async () => ({ counties: [other.code, county.code] })],
    [
      'a login of a county',
      'CITY_LOGIN_IS_OF_COUNTY',
      async () => {
        const { branch } = await seedBranch(county)
        return { office: login((await seedAccount(county, { keptBy: branch.id })).subject), counties: [other.code] }
      },
    ],
    [
      'a login of another city',
      'CITY_LOGIN_IS_OF_OTHER_CITY',
      async () => {
        const office = login()
        await register({ code: newCode(), name: '另一市', office, counties: [] })
        return { office, counties: [other.code] }
      },
    ],
  ])('platform it refuses %s before anything is written', async (_, code, inputOf) => {
    const input = { code: newCode(), name: '某市', office: login(), counties: [], ...(await inputOf()) }
    await expect(register(input)).rejects.toMatchObject({
      code,
      texts: { zh: expect.stringMatching(/[一-龥]/), en: expect.stringMatching(/^[A-Z]/) },
    })
    expect(await isWritten(input.code)).toBe(input.code === city.code)
    expect(await placed(other.id)).toBeNull()
    expect(await placed(county.id)).toMatchObject({ city_id: city.id })
  })

  test('platform a county that claims the login of an office of the city takes nothing away from the city', async () => {
    const { branch } = await seedBranch(other)
    const subject = `city-${randomUUID()}`
    const claiming = await createCity([], sharedWorld(), { issuer, subject })
    const claimed = await askAs(
      () => other.world.ask.org,
      () => other.admin,
    )('mutation ($input: LinkAccountInput!) { linkAccount(input: $input) { account { id } } }', {
      input: { organisationId: branch.id, kind: 'PERSON', issuer, subject },
    })
    expect(dataOf(claimed).linkAccount.account.id).toMatch(/^Account:/)
    expect(await actorOf(other.world, subject)).toEqual(claiming.office)
  })
})

describe('S3-2 the operators’ command lets counties go and ends offices', () => {
  const orgCommand = join(surroundings().root, 'services/org/src/structure/cities/command.ts')
  const inOrg = (...args: string[]) =>
    run(process.execPath, ['--disable-warning=ExperimentalWarning', orgCommand, ...args], {
      env: { ...process.env, DATABASE_URL: databaseUrl(surroundings(), 'org') },
    })
  const read = async (office: Actor) => {
    const query = '{ city { counties { totalCount nodes { code } } } }'
    return dataOf(await county.world.askUntyped.org(office, query)).city
  }

  test('S3-2 a county that is let go is read by the city no longer, is told and audited, and may join another', async () => {
    const [own, stays] = [await createCounty(), await createCounty()]
    const left = await createCity([own, stays])
    expect((await read(left.office)).counties.totalCount).toBe(2)
    const { ended } = operatorCommand('register-city', ['--code', left.code, '--release', own.code])
    expect(await ended).toMatchObject({ code: 0, err: '', out: expect.stringContaining(`let go: ${own.code}`) })
    expect((await read(left.office)).counties).toEqual({ totalCount: 1, nodes: [{ code: stays.code }] })
    expect(await placed(own.id)).toEqual({ city_id: null, version: 2 })
    await until(
      async () =>
        (await look('assessment', 'select 1 from city_county where county_id = $1 and city_id is null', [own.id]))
          .length === 1,
      30_000,
      'another service knows that the county has left',
    )
    const audit = await look(
      'org',
      `select subject_id from audit_entry where county_id = $1 and action = 'county.released'`,
      [own.id],
    )
    expect(audit).toEqual([{ subject_id: left.id }])
    const other = await createCity([own])
    expect(await placed(own.id)).toEqual({ city_id: other.id, version: 3 })
  })

  test('S3-2 an office that is ended reads nothing any more', async () => {
    const subject = `city-${randomUUID()}`
    const own = await createCity([], sharedWorld(), { issuer, subject })
    const args = ['--code', own.code, '--end-office', '--issuer', issuer, '--subject', subject]
    expect((await inOrg(...args)).stdout).toBe('0\n')
    await expect(actorOf(county.world, subject)).rejects.toThrow()
    const [office] = await look('org', 'select ends_on::text from city_office where subject = $1', [subject])
    expect(office.ends_on).toMatch(/^\d{4}-/)
    // Once is enough: the second time there is nothing to end.
    await expect(inOrg(...args)).rejects.toMatchObject({ code: 1, stderr: expect.stringContaining('nothing to end') })
  })

  test.each<[string, () => string[], RegExp]>([
    ['a city that nobody registered', () => ['--code', '000000', '--release', county.code], /No city with the code/],
    ['a county of another city', () => ['--code', city.code, '--release', other.code], /does not belong/],
    ['a county that is not there', () => ['--code', city.code, '--release', '000000'], /does not belong/],
    [
      'a login that holds no office there',
      () => ['--code', city.code, '--release', county.code, '--end-office', '--issuer', issuer, '--subject', 'nobody'],
      /nothing to end/,
    ],
  ])('S3-2 it refuses %s before anything is written', async (_, args, said) => {
    await expect(inOrg(...args())).rejects.toMatchObject({ code: 1, stderr: expect.stringMatching(said) })
    expect(await placed(county.id)).toMatchObject({ city_id: city.id })
  })

  test.each([
    [['--code', '330300', '--release', '330302', '--name', '某市']],
    [['--code', '330300', '--end-office']],
    [['--release', '330302']],
  ])('S3-2 it says how it is used where it is called as %j', async args => {
    await expect(inOrg(...args)).rejects.toMatchObject({ code: 2, stderr: expect.stringMatching(/usage/) })
  })
})

describe('platform who sees a county’s sums', () => {
  const sums = 'query ($id: ID!) { city { name } node(id: $id) { ... on County { name organisations branches } } }'
  const ask = (actor: Actor, id: string) => county.world.askUntyped.org(actor, sums, { id })
  test('platform whoever holds an office over all of it, and of the city that it belongs to nothing', async () => {
    const own = dataOf(await ask(county.admin, `County:${county.id}`))
    expect(own).toMatchObject({ city: null, node: { name: `测试区${county.code}`, organisations: expect.any(Number) } })
    expect(dataOf(await ask(county.admin, `County:${other.id}`))).toEqual({ city: null, node: null })
    expect(dataOf(await ask(county.admin, `City:${city.id}`)).node).toBeNull()
  })

  test('platform a branch reads its county’s name, and no sum', async () => {
    const own = await createCounty()
    const { branch } = await seedBranch(own)
    const { subject } = await seedAccount(own, { keptBy: branch.id, role: 'SECRETARY' })
    const secretary = await actorOf(own.world, subject)
    const found = dataOf(await ask(secretary, `County:${own.id}`))
    expect(found.node).toEqual({ name: `测试区${own.code}`, organisations: null, branches: null })
  })
})
