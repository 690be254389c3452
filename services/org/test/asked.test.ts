import { beforeAll, describe, expect, jest, test } from '@jest/globals'
import { type Actor, shanghaiDay } from '@linghang/access'
import { catalogue, keyOf } from '@linghang/events'
import { type Data, dataOf, uuidOf } from '@linghang/harness/ask'
import { type County, createCounty, seedActor, seedTwoCommittees } from '@linghang/harness/county'
import { look } from '@linghang/harness/databases'
import { seedMembers } from '@linghang/harness/imports'
import { fullMember } from '@linghang/harness/people'
import { until } from '@linghang/harness/until'
import { addMonths, monthOf } from '@linghang/rulebook'
import { createDesk } from './meeting-desk.ts'

jest.setTimeout(120_000)
const today = shanghaiDay(new Date())

let county: County
let tree: Awaited<ReturnType<typeof seedTwoCommittees>>
let [above, keeper, neighbour]: Actor[] = []
beforeAll(async () => {
  county = await createCounty()
  tree = await seedTwoCommittees(county)
  const ids = await seedMembers(county, [fullMember(county.code, tree.a1.code, { 姓名: '党员' })])
  above = await seedActor(county, 'SECRETARY', tree.a.id)
  keeper = await seedActor(county, 'SECRETARY', tree.a1.id)
  neighbour = await seedActor(county, 'SECRETARY', tree.a2.id)
  const desk = createDesk(county)
  for (const agenda of ['学习', '志愿服务']) {
    const content = { heldOn: today, agenda, presentIds: [ids.get('党员') as string] }
    const { id } = await desk.record(tree.a1.id, 'THEME_DAY', content, keeper as Actor)
    expect((await desk.close(id, keeper as Actor)).errors).toEqual([])
  }
})

const askedOf = async (by: Actor | undefined, month: string | null = null) => {
  const answer = await county.world.askUntyped.org(
    by as Actor,
    `query ($id: ID!, $month: Date) { organisation(id: $id) { askedFor(month: $month) {
      times fields forms { name times fields askedBy article source } } } }`,
    { id: tree.a1.id, month },
  )
  return dataOf(answer).organisation?.askedFor ?? null
}

describe('S4-4 what a branch was asked for in a month', () => {
  test('S4-4 form by form, with who wants it and on what basis, for the branch and for those above', async () => {
    const asked = await askedOf(keeper)
    // The day alone has to be said: who belongs to the meeting is known, and the kind and the branch are which form it is.
    const regulation = { askedBy: 'REGULATION', article: '第十一条至第十六条' }
    expect(asked).toMatchObject({
      times: 4,
      forms: [
        { name: 'recordMeeting', times: 2, fields: 2, ...regulation },
        { name: 'closeMeeting', times: 2, fields: 0, ...regulation },
      ],
    })
    expect(asked.fields).toBe(4)
    expect(await askedOf(above)).toEqual(asked)
  })

  test('S4-4 of the month that is asked for, and nothing to a branch beside it', async () => {
    expect(await askedOf(keeper, addMonths(today, -1))).toEqual({ times: 0, fields: 0, forms: [] })
    expect(await askedOf(neighbour)).toBeNull()
  })
})

describe('S4-4 what organisations below one were asked for, side by side', () => {
  const below = async (by: Actor, at: string, args: object = {}) => {
    const answer = await county.world.askUntyped.org(
      by,
      `query ($id: ID!, $month: Date, $first: Int, $after: String, $last: Int, $before: String) { organisation(id: $id) {
        askedBelow(month: $month, first: $first, after: $after, last: $last, before: $before) {
          totalCount pageInfo { endCursor hasNextPage } forms { name times fields askedBy article }
          nodes { organisation { id } month times fields forms { name } } } } }`,
      { id: at, ...args },
    )
    return dataOf(answer).organisation?.askedBelow ?? null
  }
  const idsOf = ({ nodes }: Data) => nodes.map(({ organisation }: Data) => organisation.id)

  test('S4-4 who had most to fill in first, a page at a time from either end, with what it adds up to and on what basis', async () => {
    const desk = createDesk(county)
    const content = { heldOn: today, agenda: '学习', presentIds: [] }
    for (let n = 0; n < 3; n++) await desk.record(tree.a2.id, 'THEME_DAY', content, neighbour as Actor)
    await desk.record(tree.b1.id, 'THEME_DAY', content, await seedActor(county, 'SECRETARY', tree.b1.id))
    const whole = await below(county.admin, tree.root.id)
    expect(whole.nodes.map(({ organisation, fields, times }: Data) => [organisation.id, fields, times])).toEqual([
      [tree.a2.id, 6, 3],
      [tree.a1.id, 4, 4],
      [tree.b1.id, 2, 1],
    ])
    expect(whole).toMatchObject({
      totalCount: 3,
      forms: [
        { name: 'recordMeeting', times: 6, fields: 2, askedBy: 'REGULATION', article: '第十一条至第十六条' },
        { name: 'closeMeeting', times: 2, fields: 0 },
      ],
    })
    const first = await below(county.admin, tree.root.id, { first: 1 })
    const second = await below(county.admin, tree.root.id, { first: 1, after: first.pageInfo.endCursor })
    expect([...idsOf(first), ...idsOf(second)]).toEqual([tree.a2.id, tree.a1.id])
    expect(idsOf(await below(county.admin, tree.root.id, { last: 1 }))).toEqual([tree.b1.id])
    expect(second.forms).toEqual(whole.forms)
  })

  test('S4-4 a committee sees what is below it and adds up no other’s; a branch beside sees nothing of it', async () => {
    const own = await below(above as Actor, tree.a.id)
    expect(idsOf(own)).toEqual([tree.a2.id, tree.a1.id])
    expect(own.forms[0].times).toBe(5)
    expect(await below(above as Actor, tree.root.id)).toBeNull()
    expect(idsOf(await below(neighbour as Actor, tree.a2.id))).toEqual([tree.a2.id])
    expect(await below(county.admin, tree.root.id, { month: addMonths(today, -1) })).toMatchObject({
      ...{ nodes: [], totalCount: 0, forms: [] },
    })
  })
})

describe('S4-4 what all services together ask for', () => {
  test('S4-4 whoever had most to fill in over all services stands first, newest told sums alone, with what they add up to', async () => {
    const other = await createCounty()
    const places = await seedTwoCommittees(other)
    const desk = createDesk(other)
    for (const at of [places.a1, places.a2]) {
      const secretary = await seedActor(other, 'SECRETARY', at.id)
      await desk.record(at.id, 'THEME_DAY', { heldOn: today, agenda: '学习', presentIds: [] }, secretary)
    }
    const tell = async (
      service: 'dues' | 'members',
      at: { id: string },
      [fields, version]: [number, number],
      month: string = monthOf(today),
    ) => {
      const orgId = uuidOf(at.id)
      const told = { orgId, month, times: 1, fields, picked: 1, known: 2, version }
      const type = `${service}.burden.counted.v1` as const
      const data = JSON.stringify(catalogue[type].parse(told))
      const into =
        'insert into outbox_event (county_id, org_id, type, subject, key, data) values ($1, $2, $3, $6, $4, $5)'
      await look(service, into, [other.id, orgId, type, keyOf(type, other.id, orgId), data, orgId])
    }
    await tell('members', places.a2, [4, 1])
    await tell('members', places.b1, [5, 1])
    await tell('dues', places.a2, [3, 2])
    await tell('dues', places.a2, [90, 1])
    // Behind them on the same partition: what is older was heard before this is.
    await tell('dues', places.a2, [1, 1], '2020-01-01')
    const last = "select from asked_month where org_id = $1 and month = '2020-01-01'"
    await until(async () => (await look('org', last, [uuidOf(places.a2.id)])).length === 1, 30_000, 'dues is heard')
    const query = `query ($id: ID!) { organisation(id: $id) { askedFor { altogether { times } }
      askedBelow { totalCount altogether { times fields picked known } forms { times }
      nodes { times fields altogether { times fields picked known } organisation { id } } } } }`
    const read = async (by: Actor, at: { id: string }) =>
      dataOf(await other.world.askUntyped.org(by, query, { id: at.id })).organisation
    const whole = await until(
      async () => {
        const { askedBelow } = await read(other.admin, places.root)
        return askedBelow.altogether.times === 5 ? askedBelow : null
      },
      30_000,
      'what the others have told is heard',
    )
    const rows = whole.nodes.map(({ organisation, fields, altogether }: Data) => [organisation.id, fields, altogether])
    expect(rows).toEqual([
      [places.a2.id, 2, { times: 3, fields: 9, picked: 2, known: 5 }],
      [places.b1.id, 0, { times: 1, fields: 5, picked: 1, known: 2 }],
      [places.a1.id, 2, { times: 1, fields: 2, picked: 0, known: 1 }],
    ])
    expect(whole).toMatchObject({
      totalCount: 3,
      altogether: { fields: 16, picked: 3, known: 8 },
      forms: [{ times: 2 }],
    })
    const committee = await seedActor(other, 'SECRETARY', places.a.id)
    const { askedBelow, askedFor } = await read(committee, places.a)
    expect([askedBelow.totalCount, askedBelow.altogether.times, askedFor.altogether.times]).toEqual([2, 4, 0])
    expect(await read(committee, places.b)).toBeNull()
  })
})

describe('S4-4 what an office above fills in', () => {
  test('S4-4 is work of its own organisation, also where it is done for a branch, and not asked of the branch', async () => {
    const other = await createCounty()
    const places = await seedTwoCommittees(other)
    const people = await seedMembers(other, [fullMember(other.code, places.a1.code, { 姓名: '党员' })])
    const [secretary, committee] = [
      await seedActor(other, 'SECRETARY', places.a1.id),
      await seedActor(other, 'SECRETARY', places.a.id),
    ]
    const desk = createDesk(other)
    const content = { heldOn: today, agenda: '学习', presentIds: [people.get('党员') as string] }
    const { id } = await desk.record(places.a1.id, 'THEME_DAY', content, secretary)
    await desk.record(places.a1.id, 'THEME_DAY', content, committee)
    await desk.record(places.a1.id, 'THEME_DAY', content, other.admin)
    expect((await desk.close(id, secretary)).errors).toEqual([])
    const remark = 'mutation ($input: LeaveRecordRemarkInput!) { leaveRecordRemark(input: $input) { meeting { id } } }'
    dataOf(await other.world.askUntyped.org(committee, remark, { input: { meetingId: id, text: '请补写' } }))
    const formsOf = async (organisationId: string) => {
      const query = 'query ($id: ID!) { organisation(id: $id) { askedFor { forms { name times } } } }'
      const { organisation } = dataOf(await other.world.askUntyped.org(other.admin, query, { id: organisationId }))
      return organisation.askedFor.forms
    }
    const recorded = { name: 'recordMeeting', times: 1 }
    expect(await formsOf(places.a1.id)).toEqual([recorded, { name: 'closeMeeting', times: 1 }])
    expect(await formsOf(places.a.id)).toEqual([recorded, { name: 'leaveRecordRemark', times: 1 }])
    expect(await formsOf(places.root.id)).toEqual([recorded])
    const below = 'query ($id: ID!) { organisation(id: $id) { askedBelow { nodes { times organisation { id } } } } }'
    const { organisation } = dataOf(await other.world.askUntyped.org(committee, below, { id: places.a.id }))
    expect(
      organisation.askedBelow.nodes.map(({ times, organisation: { id: at } }: Data) => [at, times]).sort(),
    ).toEqual(
      [
        [places.a.id, 2],
        [places.a1.id, 2],
      ].sort(),
    )
  })
})
