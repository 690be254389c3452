import { beforeAll, describe, expect, jest, test } from '@jest/globals'
import { type Actor, shanghaiDay } from '@linghang/access'
import { codesOf, type Data, dataOf, send, uuidOf } from '@linghang/harness/ask'
import { actorOf, type County, createCounty, seedAccount, seedActor, seedTwoCommittees } from '@linghang/harness/county'
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
let county: County
let tree: Awaited<ReturnType<typeof seedTwoCommittees>>
let people: Map<string, string>
const idOf = (name: string) => people.get(name) as string

const basis = { certainty: 'COUNTY', source: '本县办法', article: '第三条' }
const pack = {
  ...{ format: 1, key: 'quarterly', title: '季度考核办法', summary: '每季度按组织生活计分。', period: 'QUARTER' },
  scales: [
    {
      ...{ key: 'BRANCH', title: '党支部', subject: 'BRANCH', base: 60 },
      groups: [{ key: 'LIFE', title: '组织生活' }],
      indicators: [
        {
          ...{ key: 'CLASS', title: '上党课', group: 'LIFE', kind: 'BASE', per: 'QUARTER', absence: 'COUNTS', basis },
          ...{ points: '2 * count', cap: 4, reads: { kind: 'MEETING_HELD', where: 'fact.meetingKind == "CLASS"' } },
        },
        {
          ...{
            key: 'PEOPLE',
            title: '党员得分',
            group: 'LIFE',
            kind: 'BASE',
            per: 'PERIOD',
            absence: 'NOT_KNOWN',
            basis,
          },
          ...{ points: 'mean / 10.0', cap: 20, reads: { scores: 'MEMBERS' } },
        },
      ],
    },
    {
      ...{ key: 'MEMBER', title: '党员', subject: 'MEMBER', base: 80 },
      lights: [{ key: 'LOW', title: '一般关注', colour: 'YELLOW', basis, by: { score: true, below: 81.5, off: 81.5 } }],
      exemptions: ['OLD', 'ILL', 'FLOATING', 'ABROAD'].map(reason => ({ reason, effect: 'NOT_COUNTED' })),
      groups: [{ key: 'LIFE', title: '组织生活' }],
      indicators: [
        {
          ...{ key: 'CAME', title: '参加党课', group: 'LIFE', kind: 'BASE', per: 'QUARTER', absence: 'COUNTS', basis },
          ...{ points: '1', cap: 1 },
          reads: { kind: 'ATTENDANCE', where: 'fact.meetingKind == "CLASS" && fact.attendance == "PRESENT"' },
        },
        {
          ...{ key: 'AWAY', title: '无故缺席', group: 'LIFE', kind: 'MINUS', per: 'FACT', absence: 'COUNTS', basis },
          ...{ points: '2', reads: { kind: 'ATTENDANCE', where: 'fact.attendance == "ABSENT"' } },
        },
      ],
    },
  ],
}

const sheetFields = `id from until state version score base attainable hash pack { key title }
  groups { key points counted } next { indicator more points by }
  indicators { key counted lines { key state points counted facts { kind day member { id } } } }`

/** What assessment says of an organisation or a member, as the gateway would ask it. */
async function ofEntity(actor: Actor, id: string, fields: string): Promise<Data> {
  const [type = ''] = id.split(':')
  const answer = await county.world.askUntyped.assessment(
    actor,
    `query ($of: [_Any!]!) { _entities(representations: $of) { ... on ${type} { ${fields} } } }`,
    { of: [{ __typename: type, id }] },
  )
  return dataOf(answer)._entities[0]
}
const sheetsOf = async (actor: Actor, id: string): Promise<Data[]> =>
  (await ofEntity(actor, id, `scoreSheets(first: 4) { nodes { ${sheetFields} } }`)).scoreSheets.nodes
const sheetIn = async (actor: Actor, id: string, period = quarter): Promise<Data> =>
  (await sheetsOf(actor, id)).find(({ from }) => from === period.from)

const content = (heldOn: string, absent: readonly string[]) => ({
  ...{ heldOn, place: '会议室', agenda: '学习', minutes: '集中学习。', absentIds: [...absent] },
  presentIds: [...people.values()].filter(id => !absent.includes(id)),
})
async function hold(heldOn: string, absent: readonly string[] = []): Promise<string> {
  const { recordMeeting } = dataOf(
    await county.world.ask.org(
      county.admin,
      'mutation ($input: RecordMeetingInput!) { recordMeeting(input: $input) { meeting { id } } }',
      { input: { organisationId: tree.a1.id, kind: 'CLASS', content: content(heldOn, absent) } },
    ),
  )
  dataOf(
    await county.world.ask.org(
      county.admin,
      'mutation ($input: CloseMeetingInput!) { closeMeeting(input: $input) { meeting { id } } }',
      { input: { id: recordMeeting.meeting.id } },
    ),
  )
  return recordMeeting.meeting.id
}

const publish = (actor: Actor, on: string) =>
  county.world.askUntyped.assessment(
    actor,
    'mutation ($input: PublishScoresInput!) { publishScores(input: $input) { publication { from until state } } }',
    { input: { on } },
  )

beforeAll(async () => {
  county = await createCounty()
  tree = await seedTwoCommittees(county)
  people = await seedMembers(
    county,
    Array.from({ length: 4 }, (_, i) => fullMember(county.code, tree.a1.code, { 姓名: `甲一${i}` })),
  )
})

describe('S0-21 sheets of a branch and its members', () => {
  test('R2 nothing is scored until the county has decided it, and then from the time on that it says', async () => {
    await hold(today, [idOf('甲一0')])
    await until(
      async () => (await look('assessment', 'select 1 from touched where county_id = $1', [county.id])).length === 0,
      30_000,
    )
    expect(await sheetsOf(county.admin, tree.a1.id)).toEqual([])

    dataOf(
      await county.world.askUntyped.assessment(
        county.admin,
        'mutation ($input: PublishPackInput!) { publishPack(input: $input) { pack { version } } }',
        {
          input: {
            ...{ document: JSON.stringify(pack), effectiveFrom: before.from, decidedOn: addMonths(before.from, -1) },
            ...{ title: '季度考核办法', number: '测委发〔2026〕1号', organ: '县委组织部' },
          },
        },
      ),
    )
    const sheet = await until(() => sheetIn(county.admin, tree.a1.id), 20_000, 'the sheet of the branch')
    expect(sheet).toMatchObject({ ...quarter, state: 'LIVE', base: 60, pack: { key: 'quarterly' } })
  })

  test('S0-21 each line says what it rests on, and what would bring more', async () => {
    const branch = await until(async () => {
      const found = await sheetIn(county.admin, tree.a1.id)
      return found?.indicators[1].counted === 8.08 ? found : null
    }, 20_000)
    const [held, scored] = branch.indicators
    expect(held).toEqual({
      ...{ key: 'CLASS', counted: 2 },
      lines: [
        {
          ...{ key: `CLASS/${quarter.from}`, state: 'COUNTED', points: 2, counted: 2 },
          facts: [{ kind: 'MEETING_HELD', day: today, member: null }],
        },
      ],
    })
    // Three who came have 81, one has 80 and a deduction that nobody has confirmed.
    expect(scored).toMatchObject({ key: 'PEOPLE', counted: 8.08 })
    expect(branch).toMatchObject({ score: 70.08, attainable: 84 })
    const absent = await sheetIn(county.admin, idOf('甲一0'))
    expect(absent.indicators[1].lines[0]).toMatchObject({ state: 'PROPOSED', points: -2, counted: 0 })
    expect(absent).toMatchObject({
      ...{ score: 80, next: [{ indicator: 'CAME', more: 1, points: 1, by: quarter.until }] },
    })
  })

  test('B8 a person reads the own sheet, the branch its people, those above the branch', async () => {
    const own = async (name: string) => {
      const { subject } = await seedAccount(county, { keptBy: tree.a1.id, memberId: idOf(name) })
      return actorOf(county.world, subject)
    }
    const one = await own('甲一1')
    expect((await sheetIn(one, idOf('甲一1'))).score).toBe(81)
    expect(await sheetsOf(one, idOf('甲一0'))).toEqual([])
    expect(await sheetsOf(one, tree.a1.id)).toEqual([])
    const readers = {
      secretary: [await seedActor(county, 'SECRETARY', tree.a1.id), 4, 1],
      leader: [await seedActor(county, 'LEADER', tree.a1.id), 4, 1],
      inspectorAbove: [await seedActor(county, 'DISCIPLINE_INSPECTOR', tree.root.id), 4, 1],
      leaderAbove: [await seedActor(county, 'LEADER', tree.a.id), 0, 1],
      auditorAbove: [await seedActor(county, 'AUDITOR', tree.root.id), 0, 1],
      neighbour: [await seedActor(county, 'SECRETARY', tree.a2.id), 0, 0],
      accountant: [await seedActor(county, 'TREASURER', tree.a1.id), 0, 0],
    } as const
    for (const [who, [actor, members, branch]] of Object.entries(readers)) {
      const found = await ofEntity(
        actor,
        tree.a1.id,
        'memberSheets { totalCount nodes { score } } scoreSheets { nodes { from } }',
      )
      const seen = found.scoreSheets.nodes.filter(({ from }: Data) => from === quarter.from)
      expect([who, found.memberSheets.nodes.length, found.memberSheets.totalCount, seen.length]).toEqual([
        who,
        members,
        members,
        branch,
      ])
      expect([who, (await sheetsOf(actor, idOf('甲一0'))).length]).toEqual([who, members > 0 ? 1 : 0])
    }
  })

  test('S0-21 a sheet as a document, for whoever sees it', async () => {
    const { id } = await sheetIn(county.admin, tree.a1.id)
    const link = async (actor: Actor) =>
      county.world.askUntyped.assessment(actor, 'query ($id: ID!) { scoreSheetLink(sheetId: $id) { url } }', { id })
    const { url } = dataOf(await link(county.admin)).scoreSheetLink
    const answer = await send(county.world.urls.assessment, county.admin, { path: url })
    expect([answer.status, answer.text.slice(0, 2)]).toEqual([200, 'PK'])
    expect(codesOf(await link(await seedActor(county, 'SECRETARY', tree.a2.id)))).toEqual(['NOT_FOUND'])
  })

  test('S0-21 a correction changes what rests on it, and nothing else', async () => {
    const was = await sheetIn(county.admin, tree.a1.id)
    const id = await hold(addDays(today, -1))
    const more = await until(async () => {
      const found = await sheetIn(county.admin, tree.a1.id)
      return found.indicators[0].counted === 4 && found.version > was.version ? found : null
    }, 20_000)
    expect(more.hash).not.toBe(was.hash)
    dataOf(
      await county.world.ask.org(
        county.admin,
        'mutation ($input: CorrectMeetingInput!) { correctMeeting(input: $input) { meeting { version } } }',
        { input: { id, reason: '日期有误', content: content(addDays(before.until, -9), []) } },
      ),
    )
    await until(async () => (await sheetIn(county.admin, tree.a1.id)).hash === was.hash, 20_000, 'the same again')
    const earlier = await until(() => sheetIn(county.admin, tree.a1.id, before), 20_000)
    expect(earlier.indicators[0]).toMatchObject({ counted: 2, lines: [{ state: 'COUNTED' }] })
  })
})

describe('S0-21 publication', () => {
  test('S1-8 S2-16 whom to look after is found by the lights that are on, in the time that is asked for', async () => {
    const secretary = await seedActor(county, 'SECRETARY', tree.a1.id)
    const litOn = async (actor: Actor, on: string) => {
      const all = `memberSheets(on: "${on}", lit: true) { totalCount nodes { lights { key colour } } }`
      return (await ofEntity(actor, tree.a1.id, all)).memberSheets
    }
    const yellow = { lights: [{ key: 'LOW', colour: 'YELLOW' }] }
    expect(await litOn(secretary, before.from)).toEqual({ totalCount: 4, nodes: [yellow, yellow, yellow, yellow] })
    // As if one had done better.
    const better = `update score_sheet set lights = '[]' where subject_id = $1 and period_from = $2`
    await look('assessment', better, [uuidOf(idOf('甲一0')), before.from])
    expect(await litOn(secretary, before.from)).toEqual({ totalCount: 3, nodes: [yellow, yellow, yellow] })
    // What is not over is not judged by its score yet: a light that was on stays on.
    expect((await litOn(secretary, today)).totalCount).toBe(4)
    // Whoever does better goes out with the next that is scored, and the branch is told that somebody has, not who.
    await hold(today)
    await until(async () => (await litOn(secretary, today)).totalCount === 3, 20_000, 'one is out')
    const told = `select due_on::text, subject_id from reminder where org_id = $1 and rule = 'LIGHTS_OF_MEMBERS_CLEARED'`
    const rows = await until(async () => {
      const found = await look('workflows', told, [uuidOf(tree.a1.id)])
      return found.length > 0 ? found : null
    }, 30_000)
    expect(rows).toEqual([{ due_on: today, subject_id: uuidOf(tree.a1.id) }])
    expect(await litOn(await seedActor(county, 'LEADER', tree.a.id), before.from)).toEqual({ totalCount: 0, nodes: [] })
  })

  test('S0-21 what may not be published is refused with what is wanted', async () => {
    const secretary = await seedActor(county, 'SECRETARY', tree.a.id)
    expect(codesOf(await publish(secretary, before.from))).toEqual(['FORBIDDEN'])
    expect(codesOf(await publish(county.admin, today))).toEqual(['SCORES_NOT_OVER'])
    expect(codesOf(await publish(county.admin, addDays(before.from, -1)))).toEqual(['SCORES_NOT_THERE'])
  })

  test('S0-21 a time that is over is published once, and what changes afterwards is another version', async () => {
    await until(
      async () => (await look('assessment', 'select 1 from touched where county_id = $1', [county.id])).length === 0,
      30_000,
      'nobody waits to be scored',
    )
    const begun = dataOf(await publish(county.admin, before.from))
    expect(begun.publishScores.publication).toMatchObject(before)
    expect(codesOf(await publish(county.admin, before.until))).toEqual(['SCORES_PUBLISHED'])
    const published = async () => {
      const [found] = (
        await ofEntity(
          county.admin,
          tree.a1.id,
          `scoreSheets { nodes { from state version score published { version score publishedOn hash } } }`,
        )
      ).scoreSheets.nodes.filter(({ from }: Data) => from === before.from)
      return found
    }
    const first = await until(async () => {
      const found = await published()
      return found.state === 'PUBLISHED' ? found : null
    }, 20_000)
    expect(first.published).toMatchObject([{ score: first.score, publishedOn: today }])
    await until(async () => {
      const { scorePublications } = dataOf(
        await county.world.askUntyped.assessment(county.admin, '{ scorePublications { from state sheets } }'),
      )
      return scorePublications[0]?.state === 'PUBLISHED' && scorePublications[0].sheets > 0
    }, 20_000)

    await hold(addDays(before.until, -5))
    const second = await until(async () => {
      const found = await published()
      return found.published.length > 1 ? found : null
    }, 20_000)
    expect(second.score).toBeGreaterThan(first.score)
    expect(second.published[0]).toMatchObject({ score: second.score, version: second.version })
    expect(second.published[1]).toEqual(first.published[0])
    const told = `select due_on::text from reminder where subject_id = $1 and org_id = $1 and rule = 'SCORE_CORRECTED'`
    await until(
      async () => (await look('workflows', told, [uuidOf(tree.a1.id)])).length === 1,
      30_000,
      'the office hears',
    )
    // Whoever leaves is measured no more; what was published of them stays to be read, with its lines.
    const gone = await sheetIn(county.admin, idOf('甲一3'), before)
    dataOf(
      await county.world.askUntyped.members(
        county.admin,
        'mutation ($input: RecordLeavingInput!) { recordLeaving(input: $input) { member { id } } }',
        { input: { memberId: idOf('甲一3'), reason: '转往外地', leftOn: addDays(before.until, -20) } },
      ),
    )
    await until(async () => {
      const found = await sheetIn(county.admin, idOf('甲一3'))
      return found === undefined
    }, 20_000)
    expect(await sheetIn(county.admin, idOf('甲一3'), before)).toMatchObject({
      ...{ state: 'PUBLISHED', score: gone.score, hash: gone.hash, indicators: gone.indicators },
    })
    const rows = await look('assessment', 'select count(*)::int as n from published_sheet where subject_id = $1', [
      uuidOf(tree.a1.id),
    ])
    expect(rows).toEqual([{ n: 2 }])
  })
})
