import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals'
import { type Answer, codesOf, dataOf, post } from '@linghang/harness/ask'
import { type City, createCity } from '@linghang/harness/city'
import { type County, createCounty, seedBranch, seedTwoCommittees } from '@linghang/harness/county'
import { everyoneKnown, seedMembers } from '@linghang/harness/imports'
import { applicant, fullMember } from '@linghang/harness/people'
import { surroundings } from '@linghang/harness/surroundings'
import { until } from '@linghang/harness/until'
import { sharedWorld } from '@linghang/harness/world'
import { supergraphFile } from '../src/supergraph/read-subgraphs.ts'
import { type Front, type Provider, standInFront, startProvider, subjectOf } from './in-front.ts'

jest.setTimeout(180_000)

/** Two cities of two counties each; each has an office that signs in at the identity provider. */
type Office = 'wenzhou' | 'ningbo'
let folder: string
let provider: Provider
let front: Front
let cities: Record<Office, City>
let counties: Record<Office, County[]>
let branchId: string
let memberId: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'linghang-city-'))
  provider = await startProvider(folder, ['wenzhou', 'ningbo'] satisfies Office[])
  const world = sharedWorld()
  front = await standInFront({
    ...{ urls: world.urls, issuer: provider.issuer, signingKey: surroundings().internalTokenKey, supergraphFile },
  })
  const pair = async () => [await createCounty(), await createCounty()].toSorted((a, b) => (a.code < b.code ? -1 : 1))
  counties = { wenzhou: await pair(), ningbo: await pair() }
  const [first, second] = counties.wenzhou as [County, County]
  const tree = await seedTwoCommittees(first)
  const { branch } = await seedBranch(second)
  branchId = tree.a1.id
  const people = await seedMembers(first, [
    fullMember(first.code, tree.a1.code, { 姓名: '甲某' }),
    fullMember(first.code, tree.b1.code),
    applicant(first.code, tree.a2.code, '2026-11-01'),
  ])
  memberId = people.get('甲某') as string
  await seedMembers(second, [fullMember(second.code, branch.code)])
  await everyoneKnown(first)
  await everyoneKnown(second)
  await seedBranch((counties.ningbo as [County, County])[0])
  const cityOf = (name: Office) =>
    createCity(counties[name], world, { issuer: provider.issuer, subject: subjectOf(`${name}`) })
  cities = { wenzhou: await cityOf('wenzhou'), ningbo: await cityOf('ningbo') }
})
afterAll(async () => {
  await front?.stop()
  await provider?.stop()
  await rm(folder, { recursive: true, force: true })
})

const ask = async (name: Office, query: string, variables: object = {}): Promise<Answer> =>
  post(front.url, { query, variables }, { authorization: `Bearer ${await provider.tokenOf(name)}` })
const all = `{ city { id code name counties { totalCount nodes {
  id code name organisations branches members indicators { key value } } } } }`

describe('platform an office of a city asks at the gateway', () => {
  test('platform it reads what is summed up of its counties, and of no other city’s', async () => {
    const { city } = await until(
      async () => {
        const data = dataOf(await ask('wenzhou', all))
        return data.city.counties.nodes[0].members === 2 && data.city.counties.nodes[1].members === 1 ? data : null
      },
      30_000,
      'the people are counted',
    )
    const [first, second] = counties.wenzhou as [County, County]
    expect(city).toMatchObject({ id: `City:${cities.wenzhou.id}`, code: cities.wenzhou.code })
    const counted = (n: { applicants: number; full: number }) =>
      expect.arrayContaining([
        { key: 'APPLICANTS', value: n.applicants },
        { key: 'FULL_MEMBERS', value: n.full },
      ])
    expect(city.counties).toEqual({
      totalCount: 2,
      nodes: [
        {
          ...{ id: `County:${first.id}`, code: first.code, name: `测试区${first.code}` },
          ...{ organisations: 6, branches: 3, members: 2, indicators: counted({ applicants: 1, full: 2 }) },
        },
        {
          ...{ id: `County:${second.id}`, code: second.code, name: `测试区${second.code}` },
          ...{ organisations: 2, branches: 1, members: 1, indicators: counted({ applicants: 0, full: 1 }) },
        },
      ],
    })
    const other = dataOf(await ask('ningbo', all)).city
    expect(
      other.counties.nodes.map(({ code, organisations, members }: never) => [code, organisations, members]),
    ).toEqual(counties.ningbo.map(({ code }, i) => [code, i === 0 ? 2 : 0, 0]))
  })

  test('platform a county of another city is not there, by its id as little as by its city', async () => {
    const query = `query ($id: ID!) { node(id: $id) { ... on County { name organisations members } ... on City { name } } }`
    const own = counties.wenzhou[0] as County
    expect(dataOf(await ask('wenzhou', query, { id: `County:${own.id}` })).node.organisations).toBe(6)
    for (const id of [`County:${own.id}`, `City:${cities.wenzhou.id}`])
      expect(await ask('ningbo', query, { id })).toEqual({ status: 200, data: { node: null }, errors: [] })
  })

  test.each([
    ['a single organisation', 'query ($id: ID!) { organisation(id: $id) { name } }', () => ({ id: branchId })],
    ['somebody’s file', 'query ($id: ID!) { member(id: $id) { name } }', () => ({ id: memberId })],
    [
      'a change',
      'mutation ($id: ID!) { changeMember(input: { id: $id, lostContact: true }) { member { name } } }',
      () => ({ id: memberId }),
    ],
  ])('platform it is told plainly that %s is a county’s', async (_, query, variables) => {
    const answer = await ask('wenzhou', query, variables())
    expect(codesOf(answer)).toEqual(['NOT_FOR_CITY'])
    expect(answer.errors[0]?.extensions?.params).toEqual({
      wanted: 'an office of the county',
      wantedZh: '该县（市、区）的职务',
    })
    expect(answer.errors[0]?.message).toMatch(/用 city 查询.*需要该县（市、区）的职务/)
  })
})
