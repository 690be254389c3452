import { beforeAll, describe, expect, jest, test } from '@jest/globals'
import { type Actor, shanghaiDay } from '@linghang/access'
import { codesOf, dataOf } from '@linghang/harness/ask'
import { type County, createCounty, seedActor, seedTwoCommittees } from '@linghang/harness/county'
import { seedMembers } from '@linghang/harness/imports'
import { fullMember } from '@linghang/harness/people'
import { addDays } from '@linghang/rulebook'
import { createDesk, type Desk } from './meeting-desk.ts'

jest.setTimeout(120_000)
const today = shanghaiDay(new Date())

let county: County
let tree: Awaited<ReturnType<typeof seedTwoCommittees>>
let desk: Desk
const people: Record<'a1' | 'b1', string[]> = { a1: [], b1: [] }
/** Ids by the day on which they were held, so many days ago. */
const held = new Map<number, string>()
const hold = async (place: 'a1' | 'b1', daysAgo: number, content: object) => {
  const heldOn = addDays(today, -daysAgo)
  const { id } = await desk.record(tree[place].id, 'THEME_DAY', { heldOn, presentIds: people[place], ...content })
  expect((await desk.close(id)).errors).toEqual([])
  held.set(daysAgo, id)
}
beforeAll(async () => {
  county = await createCounty()
  tree = await seedTwoCommittees(county)
  desk = createDesk(county)
  const ids = await seedMembers(
    county,
    (['a1', 'b1'] as const).map(place => fullMember(county.code, tree[place].code, { 姓名: `党员${place}` })),
  )
  for (const place of ['a1', 'b1'] as const) people[place] = [ids.get(`党员${place}`) as string]
  await hold('a1', 1, { agenda: '学习全会精神，讨论ＡＢＣ项目' })
  await hold('a1', 2, { agenda: '讨论困难党员慰问', resolutions: [{ matter: 'OTHER', text: '同意慰问老党员' }] })
  await hold('b1', 3, { agenda: '学习全会精神', place: '党群服务中心' })
  await hold('a1', 5, {
    items: [{ title: '研究换届筹备', discussion: '大家各抒己见', outcome: '成立筹备小组' }],
  })
  await hold('a1', 4, { agenda: '会精、神全、习全、学习' })
})

const document = `query ($id: ID!, $text: String!, $first: Int, $after: String, $last: Int) { organisation(id: $id) {
  meetingsFound(text: $text, first: $first, after: $after, last: $last) { totalCount pageInfo { hasNextPage endCursor }
    nodes { id } } } }`
const ask = (id: string, text: string, by: Actor, page: object = {}) =>
  county.world.askUntyped.org(by, document, { id, text, ...page })
const found = async (id: string, text: string, by = county.admin, page: object = {}) => {
  const { organisation } = dataOf(await ask(id, text, by, page))
  return organisation?.meetingsFound
}
const daysOf = async (id: string, text: string, by = county.admin) => {
  const list = await found(id, text, by)
  const days = list?.nodes.map((node: { id: string }) => [...held].find(([, of]) => of === node.id)?.[0])
  expect(list?.totalCount).toBe(days?.length)
  return days
}

describe('S0-26 what meetings have said is found', () => {
  test.each([
    ['全会精神', [1, 3]],
    ['慰问', [2]],
    ['慰问老党员', [2]],
    ['党群服务', [3]],
    ['abc', [1]],
    ['ABC项', [1]],
    ['学习', [1, 3, 4]],
    ['  学习  ', [1, 3, 4]],
    ['换届筹备', [5]],
    ['筹备小组', [5]],
    // What somebody said is not searched: it would be found by whoever looks for who said it.
    ['各抒己见', []],
    ['学习党章', []],
    ['%_', null],
  ])('%s: %j', async (text, wanted) => {
    if (wanted === null) expect(codesOf(await ask(tree.root.id, text, county.admin))).toEqual(['BAD_INPUT'])
    else expect(await daysOf(tree.root.id, text)).toEqual(wanted)
  })

  test.each([
    ['学', ['BAD_INPUT']],
    ['学 习', ['BAD_INPUT']],
    ['习'.repeat(40), []],
    ['习'.repeat(41), ['BAD_INPUT']],
  ])('%s: %j', async (text, codes) => {
    expect(codesOf(await ask(tree.root.id, text, county.admin))).toEqual(codes)
  })

  test('below the organisation alone, and within what one may see', async () => {
    expect(await daysOf(tree.a.id, '学习')).toEqual([1, 4])
    expect(await daysOf(tree.b1.id, '学习')).toEqual([3])
    const leader = await seedActor(county, 'LEADER', tree.a.id)
    expect(await daysOf(tree.a1.id, '学习', leader)).toEqual([1, 4])
    expect(await daysOf(tree.b.id, '学习', leader)).toBeUndefined()
    // Of the county above they know the name, and nothing that was said.
    expect((await found(tree.root.id, '学习', leader))?.nodes ?? []).toEqual([])
  })

  test('page by page, either way', async () => {
    const first = await found(tree.root.id, '学习', county.admin, { first: 2 })
    expect(first).toMatchObject({ totalCount: 3, pageInfo: { hasNextPage: true } })
    const rest = await found(tree.root.id, '学习', county.admin, { first: 2, after: first.pageInfo.endCursor })
    const back = await found(tree.root.id, '学习', county.admin, { last: 1 })
    expect([...first.nodes, ...rest.nodes].map(({ id }) => id)).toEqual([1, 3, 4].map(day => held.get(day)))
    expect(back.nodes).toEqual(rest.nodes)
  })

  test('of a meeting that was corrected what stands, of a draft nothing', async () => {
    const content = { heldOn: addDays(today, -5), presentIds: people.b1, agenda: '更正之前的议题' }
    const { id } = await desk.record(tree.b1.id, 'THEME_DAY', content)
    held.set(5, id)
    expect(await daysOf(tree.b1.id, '之前的议题')).toEqual([])
    await desk.close(id)
    expect(await daysOf(tree.b1.id, '之前的议题')).toEqual([5])
    const corrected = { id, content: { ...content, agenda: '更正后另有内容' }, reason: '议题写错' }
    expect((await desk.send(county.admin, 'correctMeeting', corrected)).errors).toEqual([])
    expect(await daysOf(tree.b1.id, '之前的议题')).toEqual([])
    expect(await daysOf(tree.b1.id, '另有内容')).toEqual([5])
  })
})
