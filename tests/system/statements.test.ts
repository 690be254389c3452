import { beforeAll, describe, expect, jest, test } from '@jest/globals'
import { shanghaiDay } from '@linghang/access'
import { applicant, fullMember, membersCsv, type PersonRow } from '@linghang/harness/people'
import { until } from '@linghang/harness/until'
import { addDays } from '@linghang/rulebook'
import { type Caller, newTrace } from './api.ts'
import { type County, importSound, newCityOffice, newCounty, orgCode, rosterOf, seedOrganisations } from './county.ts'
import { quiet } from './look.ts'
import { isSql, isWhole, spansOfTrace } from './traces.ts'

jest.setTimeout(120_000)

const pages = [1, 20, 100]
// Of what is nested no page is as large as that: what it asks for is the product.
const nestedPages = [1, 20, 40]
const today = shanghaiDay(new Date())

// Branches of 3 and of 100 people; committees of 2 and of 30 branches.
const branches = { few: 4, many: 5 }
const committees = { few: 2, many: 3 }
const extraBranches = 28

const page = `query Page($code: String!, $first: Int!) {
  organisation(code: $code) {
    id code name kind superior { code } term { start end }
    children(first: $first) { totalCount nodes { code name } }
    members(first: $first) { totalCount nodes { id name kind joinedOn duesRecord { category baseFen complete } indicators { key value } } }
    indicators { key value }
    deadlines(withinDays: 365, first: $first) { totalCount nodes { rule dueOn state subject { __typename } } }
  }
}`
const nested = `query Nested($code: String!, $first: Int!) {
  organisation(code: $code) {
    children(first: $first) {
      totalCount
      nodes {
        code superior { code } indicators { key value } deadlines(first: 5) { totalCount nodes { rule } }
        members(first: 5) { totalCount nodes { name duesRecord { complete } deadlines { rule dueOn } organisation { code } } }
      }
    }
  }
}`

let county: County
/** Of a city of one county, and of a city of three. */
const office = {} as { alone: Caller; several: Caller }

beforeAll(async () => {
  county = await newCounty()
  const at = (n: number) => orgCode(county, n)
  const branch = (n: number, under: number) => ({
    code: at(n),
    name: `第${n}党支部`,
    superiorCode: at(under),
    termEnd: addDays(today, n),
  })
  await seedOrganisations(
    county,
    rosterOf([
      { code: at(1), name: '县委', kind: '县级党委', superiorCode: '' },
      { code: at(2), name: '甲党委', kind: '党委', superiorCode: at(1) },
      { code: at(3), name: '乙党委', kind: '党委', superiorCode: at(1) },
      branch(branches.few, 2),
      branch(branches.many, 3),
      branch(6, 2),
      branch(7, 3),
      ...Array.from({ length: extraBranches }, (_, n) => branch(8 + n, 3)),
    ]),
  )
  const people = (n: number, count: number): PersonRow[] =>
    Array.from({ length: count }, (_, index) =>
      index % 3 === 0 ? applicant(county.code, at(n), addDays(today, -5)) : fullMember(county.code, at(n)),
    )
  const all = [
    ...people(branches.few, 3),
    ...people(branches.many, 100),
    ...people(6, 2),
    ...Array.from({ length: 29 }, (_, n) => people(7 + n, 3)).flat(),
  ]
  await importSound(county.admin, 'Member', membersCsv(all))
  office.alone = await newCityOffice([county])
  office.several = await newCityOffice([await newCounty(), await newCounty(), await newCounty()])
  await quiet()
}, 180_000)

/** How many statements the databases get for one request, subgraph by subgraph. */
async function statementsOf(caller: Caller, query: string, variables: object): Promise<Record<string, number>> {
  const { traceId, headers } = newTrace()
  await caller.askUntyped(query, variables, headers)
  const spans = await until(
    async () => {
      const found = await spansOfTrace(traceId)
      return isWhole(found) ? found : null
    },
    15_000,
    'all spans of the request have arrived',
  )
  const counts: Record<string, number> = {}
  for (const { service } of spans.filter(isSql)) counts[service] = (counts[service] ?? 0) + 1
  return counts
}

describe('the number of SQL statements does not depend on how much a page holds', () => {
  test.each([
    ['the dashboard of a branch', page, branches, pages],
    ['the dashboard of a committee', page, committees, pages],
    ['a committee with the people of its branches', nested, committees, nestedPages],
  ])('platform %s', async (_, query, { few, many }, pages) => {
    const found: [string, Record<string, number>][] = []
    for (const n of [few, many])
      for (const first of pages) {
        const counted = await statementsOf(county.admin, query, { code: orgCode(county, n), first })
        found.push([`${n}, pages of ${first}`, counted])
      }
    const [, wanted] = found[0] as (typeof found)[number]
    expect(Object.keys(wanted).sort()).toEqual(
      ['assessment', 'dues', 'members', 'org', 'workflows'].filter(name => name in wanted),
    )
    expect(Object.values(wanted).reduce((sum, n) => sum + n, 0)).toBeGreaterThan(9)
    for (const [what, counts] of found) expect([what, counts]).toEqual([what, wanted])
  })

  test('platform nor on how many counties an office of a city sees side by side', async () => {
    const query = `query Side($first: Int!) { city { name counties(first: $first) { totalCount nodes {
      id code name organisations branches members indicators { key value } deadlinesByRule { rule count overdue }
      scoringPack { title } scoresSummedAt scoreSums(first: 2) { from scales { average } indices { value } } } } } }`
    const wanted = await statementsOf(office.alone, query, { first: 1 })
    expect(Object.keys(wanted).toSorted()).toEqual(['assessment', 'org', 'workflows'])
    for (const first of [1, 2, 100])
      expect([first, await statementsOf(office.several, query, { first })]).toEqual([first, wanted])
    const found = await office.alone.askUntyped(query, { first: 1 })
    expect(found.city.counties.nodes[0]).toMatchObject({
      organisations: 35,
      deadlinesByRule: expect.arrayContaining([expect.objectContaining({ rule: 'TERM_ENDS', count: 32, overdue: 0 })]),
    })
  })
})
