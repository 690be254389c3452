import { beforeAll, describe, expect, jest, test } from '@jest/globals'
import { type Actor, shanghaiDay } from '@linghang/access'
import { type Answer, codesOf, type Data, dataOf } from '@linghang/harness/ask'
import { type City, createCity } from '@linghang/harness/city'
import { type County, createCounty, seedActor, seedTwoCommittees } from '@linghang/harness/county'
import { look } from '@linghang/harness/databases'
import { seedMembers } from '@linghang/harness/imports'
import { fullMember } from '@linghang/harness/people'
import { until } from '@linghang/harness/until'
import { addDays, addMonths } from '@linghang/rulebook'
import { stretchAt } from '../src/engine/spans.ts'

jest.setTimeout(120_000)

const today = shanghaiDay(new Date())
const quarter = stretchAt('QUARTER', today)
const before = stretchAt('QUARTER', addDays(quarter.from, -1))
const basis = { certainty: 'COUNTY', source: '本县办法', article: '第三条' }
/** @param perClass what a branch has for each class: in this alone the counties' packs differ */
const pack = (perClass: number) => ({
  ...{ format: 1, key: `per-${perClass}`, title: `每课${perClass}分`, summary: '按季计分。', period: 'QUARTER' },
  scales: [
    {
      ...{ key: 'BRANCH', title: '党支部', subject: 'BRANCH', base: 60, groups: [{ key: 'LIFE', title: '组织生活' }] },
      indicators: [
        {
          ...{ key: 'CLASS', title: '上党课', group: 'LIFE', kind: 'BASE', per: 'QUARTER', absence: 'COUNTS', basis },
          ...{ points: `${perClass} * count`, cap: 9, reads: { kind: 'MEETING_HELD' } },
        },
      ],
    },
    {
      ...{ key: 'MEMBER', title: '党员', subject: 'MEMBER', base: 80, groups: [{ key: 'LIFE', title: '组织生活' }] },
      exemptions: ['OLD', 'ILL', 'FLOATING', 'ABROAD'].map(reason => ({ reason, effect: 'NOT_COUNTED' })),
      indicators: [
        {
          ...{ key: 'CAME', title: '参加党课', group: 'LIFE', kind: 'BASE', per: 'QUARTER', absence: 'COUNTS', basis },
          ...{ points: '1', cap: 1, reads: { kind: 'ATTENDANCE', where: 'fact.attendance == "PRESENT"' } },
        },
      ],
    },
  ],
  indices: [
    { key: 'LOYALTY', title: '忠诚指数', of: 'MEMBER', combine: 'MEAN', from: { score: true } },
    { key: 'FORTRESS', title: '堡垒指数', of: 'BRANCH', combine: 'SUM', from: { score: true } },
  ],
})

/** Of the city: one of five people, one of four on another pack, one that does not score; and one that is not the city's. */
let own: County
let sibling: County
let silent: County
let foreign: County
let city: City
let branch: Actor

/** A class of the quarter before, to which everybody came: by it the branch and its people are known then. */
async function holdClass(county: County, organisationId: string, presentIds: string[]) {
  const heldOn = addDays(before.until, -5)
  const content = { heldOn, place: '会议室', agenda: '学习', minutes: '集中学习。', presentIds, absentIds: [] }
  const { recordMeeting } = dataOf(
    await county.world.ask.org(
      county.admin,
      'mutation ($input: RecordMeetingInput!) { recordMeeting(input: $input) { meeting { id } } }',
      { input: { organisationId, kind: 'CLASS', content } },
    ),
  )
  dataOf(
    await county.world.ask.org(
      county.admin,
      'mutation ($input: CloseMeetingInput!) { closeMeeting(input: $input) { meeting { id } } }',
      { input: { id: recordMeeting.meeting.id } },
    ),
  )
}

async function scoring(people: number, perClass: number): Promise<[County, string]> {
  const county = await createCounty()
  const tree = await seedTwoCommittees(county)
  const rows = Array.from({ length: people }, (_, i) => fullMember(county.code, tree.a1.code, { 姓名: `甲一${i}` }))
  await holdClass(county, tree.a1.id, [...(await seedMembers(county, rows)).values()])
  const decided = { effectiveFrom: before.from, decidedOn: addMonths(before.from, -1), title: '办法', organ: '县委' }
  dataOf(
    await county.world.askUntyped.assessment(
      county.admin,
      'mutation ($input: PublishPackInput!) { publishPack(input: $input) { pack { version } } }',
      { input: { ...decided, document: JSON.stringify(pack(perClass)), number: '1号' } },
    ),
  )
  return [county, tree.a1.id]
}

async function ask(actor: Actor, type: string, id: string, fields: string, variables: Data = {}): Promise<Answer> {
  const heads = Object.keys(variables).map(name => `, $${name}: ${name === 'counties' ? '[ID!]!' : 'Date'}`)
  return await own.world.askUntyped.assessment(
    actor,
    `query ($of: [_Any!]!${heads.join('')}) { _entities(representations: $of) { ... on ${type} { ${fields} } } }`,
    { of: [{ __typename: type, id: `${type}:${id}` }], ...variables },
  )
}
const sums = `scoringPack { title period decision { organ } } scoresSummedAt
  scoreSums(first: 3) { from until packTitle packVersion scales { subject scale sheets published lit average gap }
    indices { key value gap sheets } }`
const sumsOf = async (actor: Actor, county: County): Promise<Data> =>
  dataOf(await ask(actor, 'County', county.id, sums))._entities[0]

const compared = `scoreComparison(counties: $counties, on: $on) { from until said { zh en }
  counties { county { id } pack { key } leftOut leftOutTitles }
  measures { part subject key combine values { county { id } value gap sheets } } }`
const compare = (counties: readonly County[], on: string | null = null, actor = city.office): Promise<Answer> =>
  ask(actor, 'City', city.id, compared, { counties: counties.map(({ id }) => `County:${id}`), on })

beforeAll(async () => {
  let at: string
  ;[own, at] = await scoring(5, 2)
  ;[sibling] = await scoring(4, 3)
  silent = await createCounty()
  foreign = await createCounty()
  branch = await seedActor(own, 'SECRETARY', at)
  city = await createCity([own, sibling, silent])
  for (const county of [own, sibling])
    await until(
      async () => {
        const { scoreSums } = await sumsOf(county.admin, county)
        return scoreSums.length === 2 && scoreSums.every(({ scales }: Data) => scales.length === 2)
      },
      60_000,
      'the county is scored and summed up',
    )
})

describe('S3-2 what is summed up of counties on their packs', () => {
  test('S3-2 an office of the city reads pack, scores and indices of its county; of fewer than five no average', async () => {
    const found = await sumsOf(city.office, own)
    expect(found).toMatchObject({ scoringPack: { title: '每课2分', period: 'QUARTER', decision: { organ: '县委' } } })
    expect(found.scoresSummedAt).toMatch(/Z$/)
    expect(found.scoreSums.map(({ from }: Data) => from)).toEqual([quarter.from, before.from])
    expect(found.scoreSums[0]).toEqual({
      ...{ ...quarter, packTitle: '每课2分', packVersion: 1 },
      scales: [
        { subject: 'BRANCH', scale: '党支部', sheets: 3, published: 0, lit: 0, average: null, gap: 'TOO_FEW' },
        { subject: 'MEMBER', scale: '党员', sheets: 5, published: 0, lit: 0, average: 80, gap: null },
      ],
      indices: [
        { key: 'LOYALTY', value: 80, gap: null, sheets: 5 },
        { key: 'FORTRESS', value: 180, gap: null, sheets: 3 },
      ],
    })
    expect((await sumsOf(city.office, sibling)).scoreSums[0].scales[1]).toMatchObject({ average: null, gap: 'TOO_FEW' })
    expect(await sumsOf(city.office, silent)).toEqual({ scoringPack: null, scoresSummedAt: null, scoreSums: [] })
  })

  test('S3-2 the county’s own administrators read the same, its branches and other counties nothing', async () => {
    expect(await sumsOf(own.admin, own)).toEqual(await sumsOf(city.office, own))
    const nothing = { scoringPack: null, scoresSummedAt: null, scoreSums: [] }
    expect(await sumsOf(branch, own)).toEqual(nothing)
    expect(await sumsOf(sibling.admin, own)).toEqual(nothing)
    expect(await sumsOf(city.office, foreign)).toEqual(nothing)
  })

  test('S3-2 what is published counts as published within a moment', async () => {
    dataOf(
      await own.world.askUntyped.assessment(
        own.admin,
        'mutation ($input: PublishScoresInput!) { publishScores(input: $input) { publication { state } } }',
        { input: { on: before.from } },
      ),
    )
    const found = await until(
      async () => {
        const scales = (await sumsOf(city.office, own)).scoreSums[1].scales
        return scales.every(({ published }: Data) => published > 0) && scales
      },
      30_000,
      'the published sheets are counted',
    )
    expect(found).toMatchObject([
      { sheets: 1, published: 1 },
      { sheets: 5, published: 5 },
    ])
  })
})

describe('S3-2 counties on different packs side by side', () => {
  test('S3-2 they are compared by what both count alike, in the last time that is over, which is said with what is left out', async () => {
    const { scoreComparison: found } = dataOf(await compare([sibling, own]))._entities[0]
    const [first, second] = [sibling, own].map(({ id }) => ({ county: { id: `County:${id}` } }))
    expect(found.counties).toEqual([
      { ...first, pack: { key: 'per-3' }, leftOut: 2, leftOutTitles: ['堡垒指数', '上党课'] },
      { ...second, pack: { key: 'per-2' }, leftOut: 2, leftOutTitles: ['堡垒指数', '上党课'] },
    ])
    const values = (value: number) => [
      { ...first, value: null, gap: 'TOO_FEW', sheets: 4 },
      { ...second, value, gap: null, sheets: 5 },
    ]
    expect(found.measures).toEqual([
      { part: 'SCORE', subject: 'MEMBER', key: 'MEMBER', combine: 'MEAN', values: values(81) },
      { part: 'INDEX', subject: 'MEMBER', key: 'LOYALTY', combine: 'MEAN', values: values(81) },
      { part: 'INDICATOR', subject: 'MEMBER', key: 'CAME', combine: 'MEAN', values: values(1) },
    ])
    expect(found).toMatchObject(before)
    expect(found.said.zh).toContain(
      '只对照 2 个县（市、区）规定完全相同的 1 项总分、1 项指数、1 项指标；规定不同的 4 项不列入',
    )
    expect(found.said.en).toMatch(/2 counties are compared .* 1 scores, 1 indices and 1 indicators; 4 .* left out/)
  })

  test('S3-2 of the time of a day where one is named; a county that does not score is told as such', async () => {
    const { scoreComparison: found } = dataOf(await compare([own, sibling, silent], today))._entities[0]
    expect(found).toMatchObject({ ...quarter, counties: [{ leftOut: 2 }, { leftOut: 2 }, { pack: null, leftOut: 0 }] })
    expect(found.measures[0].values).toHaveLength(2)
    expect(found.said.zh).toContain('1 个县（市、区）当时没有计分，不在其内')
    const { scoreComparison: alone } = dataOf(await compare([own, silent]))._entities[0]
    expect(alone).toMatchObject({ from: null, measures: [], said: { zh: expect.stringContaining('不足两个') } })
  })

  test('S3-2 a county of nobody’s or of another city is not found; one or too many are refused', async () => {
    expect(codesOf(await compare([own, foreign]))).toEqual(['NOT_FOUND'])
    expect(codesOf(await compare([own, own]))).toEqual(['BAD_INPUT'])
    expect(codesOf(await compare(Array(51).fill(own)))).toEqual(['BAD_INPUT'])
    for (const actor of [own.admin, branch])
      expect(dataOf(await compare([own, sibling], null, actor))._entities[0].scoreComparison).toBeNull()
  })

  test('S1-2 a sheet stands beside its peers in the county: an average of five at least, and never a place', async () => {
    const sheet = 'nodes { from score peers { average gap sheets } }'
    const fields = `scoreSheets(first: 9) { ${sheet} } memberSheets(first: 9) { ${sheet} }`
    const [at = ''] = branch.grants.map(({ orgId }) => orgId ?? '')
    const found = dataOf(await ask(branch, 'Organisation', at, fields))._entities[0]
    const of = ({ nodes }: Data) => nodes.find(({ from }: Data) => from === quarter.from)
    expect(of(found.memberSheets)).toMatchObject({ score: 80, peers: { average: 80, gap: null, sheets: 5 } })
    expect(of(found.scoreSheets)).toMatchObject({ score: 60, peers: { average: null, gap: 'TOO_FEW', sheets: 3 } })
  })

  test('S3-2 no sum names a person or an organisation', async () => {
    const [row] = await look('assessment', 'select * from county_sum where county_id = $1 limit 1', [own.id])
    expect(Object.keys(row ?? {}).filter(column => /member|org|subject|name/.test(column))).toEqual([])
  })
})
