import { beforeAll, describe, expect, jest, test } from '@jest/globals'
import { type Actor, shanghaiDay } from '@linghang/access'
import { type Data, dataOf } from '@linghang/harness/ask'
import { type County, createCounty, seedActor, seedTwoCommittees } from '@linghang/harness/county'
import { seedMembers } from '@linghang/harness/imports'
import { fullMember } from '@linghang/harness/people'
import { addMonths } from '@linghang/rulebook'
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
    await desk.record(tree.b1.id, 'THEME_DAY', content, county.admin)
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
