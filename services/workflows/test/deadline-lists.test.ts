import { randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, jest, test } from '@jest/globals'
import type { Actor } from '@linghang/access'
import type { DevelopmentCaseState } from '@linghang/events'
import { codesOf, type Data, dataOf, uuidOf } from '@linghang/harness/ask'
import { type County, createCounty, seedActor, seedTwoCommittees } from '@linghang/harness/county'
import { look } from '@linghang/harness/databases'
import type { OfficeRole } from '@linghang/harness/generated/org'
import { until } from '@linghang/harness/until'
import { addDays, type DeadlineRule } from '@linghang/rulebook'
import { type DeadlineScope, deadlineLists } from '../src/time/deadlines/deadline-list-store.ts'
import { tellAsMembers, today } from './requests.ts'

jest.setTimeout(180_000)

let county: County
let places: Awaited<ReturnType<typeof seedTwoCommittees>>

type Due = DevelopmentCaseState['deadlines'][number]
type Place = 'a' | 'b' | 'a1' | 'a2' | 'b1' | 'root'

const tellCase = async (at: Place, dates: [DeadlineRule, number, Due['nature']?][], ladders = {}) => {
  const orgId = uuidOf(places[at].id)
  const state: DevelopmentCaseState = {
    ...{ id: randomUUID(), memberId: randomUUID(), orgId, state: 'OPEN', stage: 'ADMISSION', step: 'OATH' },
    ...{ ladders, version: 1 },
    deadlines: dates.map(([rule, inDays, nature = 'LATEST']) => ({
      ...{ rule, dueOn: addDays(today, inDays), nature, article: '条', source: '细则', certainty: 'SECONDARY' },
      ...{ role: 'SECRETARY', orgId },
    })),
  }
  await tellAsMembers(county, 'members.case.changed.v1', state.id, state)
}

const sets: [Place, [DeadlineRule, number, Due['nature']?][], object?][] = [
  [
    'a1',
    [
      ['APPLICANT_TALK', -3],
      ['OATH', 5],
      ['PROBATION_ENDS', 20],
      ['PROBATION_REVIEW', 80],
    ],
  ],
  [
    'a1',
    [
      ['OATH', -1],
      ['HALF_YEARLY_REVIEW', 0],
      ['ACTIVIST_ONE_YEAR', -9, 'EARLIEST'],
      ['THOUGHT_REPORT', 400],
    ],
  ],
  [
    'a2',
    [
      ['OATH', -40],
      ['PROBATION_ENDS', 170],
      ['PROBATION_REVIEW', 10],
    ],
  ],
  [
    'b1',
    [
      ['OATH', 6],
      ['APPLICANT_TALK', 200],
      ['PROBATION_ENDS', 60],
    ],
    { OATH: ['OVERDUE'], PROBATION_ENDS: ['MONTH_AHEAD'] },
  ],
]
const dates = sets.reduce((sum, [, { length }]) => sum + length, 0)

beforeAll(async () => {
  county = await createCounty()
  places = await seedTwoCommittees(county)
  for (const set of sets) await tellCase(...set)
  const open = 'select 1 from deadline where county_id = $1 and closed_at is null'
  await until(async () => (await look('workflows', open, [county.id])).length === dates, 30_000, 'all are heard')
})

const list = async (actor: Actor, args = '', what = 'totalCount nodes { rule state dueOn }'): Promise<Data> =>
  dataOf(await county.world.askUntyped.workflows(actor, `{ deadlines${args && `(${args})`} { ${what} } }`)).deadlines

const states = [
  ...['UPCOMING', 'YEAR_AHEAD', 'HALF_YEAR_AHEAD', 'QUARTER_AHEAD', 'MONTH_AHEAD', 'WEEK_AHEAD'],
  ...['REACHED', 'OVERDUE'],
]

describe('S0-13 all dates that somebody sees are one list', () => {
  test('S0-13 a county is listed for who administers it, a part of it for its offices, nothing for who holds none', async () => {
    const total = async (actor: Actor, args = '') => (await list(actor, args)).totalCount
    const at = (place: Place, role: OfficeRole = 'SECRETARY') => seedActor(county, role, places[place].id)
    expect(await total(county.admin)).toBe(dates)
    expect(await total(await at('root', 'LEADER'))).toBe(dates)
    expect(await total(await at('a', 'AUDITOR'))).toBe(11)
    expect(await total(await at('a2'))).toBe(3)
    expect(await total(await at('b'))).toBe(3)
    const member = { kind: 'PERSON' as const, accountId: randomUUID(), countyId: county.id, grants: [], scopes: [] }
    expect(await total({ ...member, memberId: randomUUID(), memberOrgId: uuidOf(places.a1.id) })).toBe(0)
    expect(await total((await createCounty()).admin)).toBe(0)
  })

  test('S0-13 an organisation may be asked for alone or with all below, by whoever sees it', async () => {
    const secretary = await seedActor(county, 'SECRETARY', places.a.id)
    const of = (place: Place, more = '') => list(secretary, `organisationId: "${places[place].id}" ${more}`)
    expect((await of('a')).totalCount).toBe(11)
    expect((await of('a', 'below: false')).totalCount).toBe(0)
    expect((await of('a1', 'below: false')).totalCount).toBe(8)
    const beside = `{ deadlines(organisationId: "${places.b1.id}") { totalCount } }`
    expect(codesOf(await county.world.askUntyped.workflows(secretary, beside))).toEqual(['NOT_FOUND'])
    const blank = '{ deadlines(organisationId: "") { totalCount } }'
    expect(codesOf(await county.world.ask.workflows(county.admin, blank))).toEqual(['BAD_INPUT'])
  })

  test.each(states)('S0-38 dates that stand at %s are those that say so, each by its own ladder', async state => {
    const all = (await list(county.admin, 'first: 100')).nodes
    const wanted = all.filter((date: Data) => date.state === state)
    const found = await list(county.admin, `first: 100, filter: { states: [${state}] }`)
    expect(found.nodes).toEqual(wanted)
    expect(found.totalCount).toBe(wanted.length)
    const others = states.filter(other => other !== state)
    expect((await list(county.admin, `filter: { states: [${others}] }`)).totalCount).toBe(dates - wanted.length)
  })

  test('S0-38 the states of the example are as they were meant, a county’s shorter ladder too', async () => {
    const b1 = (await list(county.admin, `organisationId: "${places.b1.id}"`)).nodes
    expect(b1.map(({ rule, state }: Data) => [rule, state])).toEqual([
      ['OATH', 'UPCOMING'],
      ['PROBATION_ENDS', 'UPCOMING'],
      ['APPLICANT_TALK', 'UPCOMING'],
    ])
    const overdue = (await list(county.admin, 'filter: { states: [OVERDUE] }')).nodes
    expect(overdue.map(({ rule }: Data) => rule)).toEqual(['OATH', 'APPLICANT_TALK', 'OATH'])
  })

  test('S0-38 rule, state and horizon narrow one list together, of an organisation as of all', async () => {
    const narrowed = await list(
      county.admin,
      'filter: { rules: [OATH, PROBATION_ENDS], states: [OVERDUE, WEEK_AHEAD] }',
    )
    expect(narrowed.nodes.map(({ rule, state }: Data) => [rule, state])).toEqual([
      ['OATH', 'OVERDUE'],
      ['OATH', 'OVERDUE'],
      ['OATH', 'WEEK_AHEAD'],
    ])
    expect((await list(county.admin, 'withinDays: 0, filter: { rules: [OATH] }')).totalCount).toBe(2)
    const answer = await county.world.ask.workflows(
      county.admin,
      `query ($refs: [_Any!]!) { _entities(representations: $refs) { ... on Organisation {
        deadlines(filter: { rules: [OATH], states: [OVERDUE] }) { totalCount nodes { rule state } byRule { rule count overdue } } } } }`,
      { refs: [places.a1, places.a].map(({ id }) => ({ __typename: 'Organisation', id })) },
    )
    expect(dataOf(answer)._entities.map(({ deadlines }: Data) => [deadlines.totalCount, deadlines.byRule])).toEqual([
      [1, [{ rule: 'OATH', count: 1, overdue: 1 }]],
      [2, [{ rule: 'OATH', count: 2, overdue: 2 }]],
    ])
  })

  test('S0-13 which branches are overdue is one question, the worst first', async () => {
    const what = 'totalCount nodes { id } byOrganisation { organisation { id } count overdue }'
    const found = await list(county.admin, 'first: 0, filter: { states: [OVERDUE] }', what)
    expect(found).toEqual({
      totalCount: 3,
      nodes: [],
      byOrganisation: [
        { organisation: { id: places.a1.id }, count: 2, overdue: 2 },
        { organisation: { id: places.a2.id }, count: 1, overdue: 1 },
      ],
    })
    const all = 'byOrganisation(first: 2) { organisation { id } count overdue }'
    expect((await list(await seedActor(county, 'LEADER', places.root.id), '', all)).byOrganisation).toEqual([
      { organisation: { id: places.a1.id }, count: 8, overdue: 2 },
      { organisation: { id: places.a2.id }, count: 3, overdue: 1 },
    ])
    const tooMany = '{ deadlines { byOrganisation(first: 101) { count } } }'
    expect(codesOf(await county.world.ask.workflows(county.admin, tooMany))).toEqual(['BAD_INPUT'])
  })
})

describe('S0-13 lists of a great county', () => {
  type Plan = { 'Index Name'?: string; Plans?: Plan[] }
  const indexesOf = (plan: Plan): string[] => [
    ...(plan['Index Name'] ? [plan['Index Name']] : []),
    ...(plan.Plans ?? []).flatMap(indexesOf),
  ]

  test.each<[string, DeadlineScope, string]>([
    ['a county', { kind: 'COUNTY' }, 'deadline_by_county'],
    ['a branch', { kind: 'ORGANISATION', below: false }, 'deadline_by_organisation'],
  ])('S0-13 a page of %s is read from an index, however many dates there are', async (_, scope, index) => {
    const [countyId, orgId] = [randomUUID(), randomUUID()]
    await look(
      'workflows',
      `insert into deadline (county_id, watch_id, org_id, subject_id, subject_type, rule, due_on, nature, article, source, certainty, office_role, office_org_id)
       select $1, uuidv7(), case when n % 100 = 0 then $2 else uuidv7() end, uuidv7(), 'MEMBER', 'OATH', current_date + (n % 900) - 300, 'LATEST', '', '', 'VERIFIED',
         'SECRETARY', $2 from generate_series(1, 20000) n`,
      [countyId, orgId],
    )
    await look('workflows', 'analyze deadline', [])
    const filter = { scope, rules: null, states: ['OVERDUE' as const], dueBy: null, today }
    const asked: unknown[] = []
    const listening = {
      async $queryRawUnsafe(...statement: unknown[]) {
        asked.push(...statement)
        return []
      },
    }
    const place = scope.kind === 'COUNTY' ? countyId : orgId
    const stretch = { size: 20, from: null, backwards: false }
    await deadlineLists.page(listening as never, [place], filter, stretch)
    const [sql, ...values] = asked
    const [row] = await look('workflows', `explain (format json) ${sql}`, values)
    expect(indexesOf(row?.['QUERY PLAN'][0].Plan)).toContain(index)
  })
})
