import { randomInt, randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, jest, test } from '@jest/globals'
import type { Actor } from '@linghang/access'
import { askAs, dataOf } from '@linghang/harness/ask'
import { type City, createCity } from '@linghang/harness/city'
import { actorOf, type County, createCounty, issuer, seedAccount, seedBranch } from '@linghang/harness/county'
import { databaseUrl, look } from '@linghang/harness/databases'
import { surroundings } from '@linghang/harness/surroundings'
import { until } from '@linghang/harness/until'
import { sharedWorld } from '@linghang/harness/world'
import type { NewCity } from '../src/structure/cities/create-city.ts'
import { registerCity } from './register-city.ts'

jest.setTimeout(120_000)

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
