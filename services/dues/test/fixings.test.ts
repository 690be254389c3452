import { beforeAll, describe, expect, jest, test } from '@jest/globals'
import { type Actor, shanghaiDay } from '@linghang/access'
import { codesOf, dataOf } from '@linghang/harness/ask'
import { createCounty, seedActor, seedTwoCommittees } from '@linghang/harness/county'
import { everyoneKnown, seedMembers } from '@linghang/harness/imports'
import { fullMember, rows } from '@linghang/harness/people'

jest.setTimeout(120_000)

const year = Number(shanghaiDay(new Date()).slice(0, 4))

async function createFixing() {
  const county = await createCounty()
  const tree = await seedTwoCommittees(county)
  const at = (branch: { code: string }, name: string, category: string, base: string) =>
    fullMember(county.code, branch.code, { 姓名: name, 党费人员类别: category, '党费计算基数（元/月）': base })
  const ids = await seedMembers(county, [
    at(tree.a1, '郑月', '按月薪', '5000.01'),
    at(tree.a1, '钱田', '农民', ''),
    at(tree.a1, '孙缺', '按月薪', ''),
    at(tree.a2, '李退', '离退休', '4967'),
    at(tree.b1, '周年', '年薪制', '60000'),
    fullMember(county.code, tree.a1.code, rows.probationary('吴预', `${year}-02-10`)),
    fullMember(county.code, tree.a1.code, rows.applicant('王申', '2024-05-05')),
  ])
  await everyoneKnown(county)
  return { county, tree, ids }
}
type Made = Awaited<ReturnType<typeof createFixing>>
let made: Made
beforeAll(async () => {
  made = await createFixing()
})

const begin = ({ county }: Made, organisationId: string, more: object = {}, by: Actor = county.admin) =>
  county.world.ask.dues(
    by,
    `mutation ($input: BeginDuesFixingInput!) { beginDuesFixing(input: $input) { proposed
      fixing { total confirmed checked claimed incomplete monthlyDueFen } } }`,
    { input: { organisationId, year, ...more } },
  )
const fixingAt = async ({ county }: Made, id: string, by: Actor = county.admin, filter: object | null = null) => {
  const answer = await county.world.ask.dues(
    by,
    `query ($refs: [_Any!]!, $year: Int!, $filter: DuesFixingLineFilter) { _entities(representations: $refs) { ... on Organisation {
      duesFixing(year: $year) { year begunAt total incomplete lines(first: 50, filter: $filter) { totalCount nodes {
        id version year ground fromMonth category baseFen dueFen why state member { id } organisation { id } } } } } } }`,
    { refs: [{ __typename: 'Organisation', id }], year, filter },
  )
  const [found] = dataOf(answer)._entities
  return found?.duesFixing ?? null
}
const ownFixings = async ({ county, ids }: Made, name: string, by: Actor) => {
  const answer = await county.world.ask.dues(
    by,
    `query ($refs: [_Any!]!, $year: Int!) { _entities(representations: $refs) { ... on Member { duesRecord {
      fixings(year: $year) { id dueFen } } } } }`,
    { refs: [{ __typename: 'Member', id: ids.get(name) as string }], year },
  )
  return dataOf(answer)._entities[0]?.duesRecord?.fixings ?? null
}

describe('S3-5 the yearly fixing', () => {
  test('S3-5 proposes for everybody in the subtree who owes, from the month in which they do, and says why', async () => {
    const { tree, ids } = made
    expect(dataOf(await begin(made, tree.a1.id)).beginDuesFixing).toEqual({
      proposed: 4,
      fixing: { total: 4, confirmed: 0, checked: 0, claimed: 0, incomplete: 1, monthlyDueFen: '19520' },
    })
    const lines = (await fixingAt(made, tree.a1.id))?.lines.nodes ?? []
    const lineOf = (name: string) => lines.find(({ member }) => member?.id === ids.get(name))
    const common = { year, ground: 'YEAR', state: 'PROPOSED', version: 1, organisation: { id: tree.a1.id } }
    expect(lineOf('郑月')).toMatchObject({ ...common, fromMonth: `${year}-01-01`, baseFen: '500001', dueFen: '7500' })
    expect(lineOf('钱田')).toMatchObject({ category: 'FARMER', baseFen: null, dueFen: '20', why: 'FIRST' })
    expect(lineOf('孙缺')).toMatchObject({ category: 'MONTHLY_SALARY', dueFen: null, why: 'INCOMPLETE' })
    expect(lineOf('吴预')).toMatchObject({ fromMonth: `${year}-02-01`, dueFen: '12000' })
    expect(lineOf('王申')).toBeUndefined()
  })

  test('S3-5 begun again, below and above, nobody has two lines: whoever has none is added', async () => {
    const own = await createFixing()
    const { tree } = own
    const proposed = async (id: string) => dataOf(await begin(own, id)).beginDuesFixing.proposed
    expect([await proposed(tree.a1.id), await proposed(tree.a1.id)]).toEqual([4, 0])
    const before = (await fixingAt(own, tree.a1.id))?.lines.nodes
    const [upper, beside] = await Promise.all([proposed(tree.root.id), proposed(tree.a.id)])
    expect(upper + beside).toBe(2)
    expect(await proposed(tree.b1.id)).toBe(0)
    expect((await fixingAt(own, tree.a1.id))?.lines.nodes).toEqual(before)
    expect((await fixingAt(own, tree.root.id))?.total).toBe(6)
    const eight = await Promise.all(Array.from({ length: 8 }, () => proposed(tree.root.id)))
    expect(eight).toEqual(Array(8).fill(0))
  })

  test('S3-5 is begun by whoever keeps the organisation, for the year that runs', async () => {
    const { county, tree } = made
    for (const wrong of [1900, 2200, year - 1, year + 2, -1, 2_147_483_647])
      expect(codesOf(await begin(made, tree.a2.id, { year: wrong }))).toEqual(['DUES_YEAR_NOT_TO_FIX'])
    for (const [role, at] of [
      ['SECRETARY', tree.a2.id],
      ['LEADER', tree.root.id],
      ['DISCIPLINE_INSPECTOR', tree.root.id],
    ] as const)
      expect(codesOf(await begin(made, tree.a1.id, {}, await seedActor(county, role, at)))).toEqual(['NOT_FOUND'])
  })

  test('S3-5 is seen by the branch, the superiors and, of themselves, by each member; by nobody else', async () => {
    const { county, tree, ids } = made
    dataOf(await begin(made, tree.root.id))
    const secretary = await seedActor(county, 'SECRETARY', tree.a1.id)
    const leader = await seedActor(county, 'LEADER', tree.a.id)
    const elsewhere = await seedActor(county, 'SECRETARY', tree.b1.id)
    expect((await fixingAt(made, tree.a1.id, secretary))?.total).toBe(4)
    expect((await fixingAt(made, tree.a.id, leader))?.lines.totalCount).toBe(5)
    expect(await fixingAt(made, tree.a.id, secretary)).toBeNull()
    expect(await fixingAt(made, tree.a1.id, elsewhere)).toBeNull()
    const member = { ...(await seedActor(county, 'AUDITOR', tree.a1.id, { memberId: ids.get('钱田') })), grants: [] }
    expect(await ownFixings(made, '钱田', member)).toMatchObject([{ dueFen: '20' }])
    expect(await ownFixings(made, '郑月', member)).toBeNull()
    expect(await fixingAt(made, tree.a1.id, member)).toBeNull()
  })

  test('S3-5 lists what is asked for: by how far it is, and by why', async () => {
    const { county, tree } = made
    dataOf(await begin(made, tree.root.id))
    const countOf = async (filter: object) => (await fixingAt(made, tree.a1.id, county.admin, filter))?.lines.totalCount
    expect(await countOf({ states: ['PROPOSED'] })).toBe(4)
    expect(await countOf({ states: ['CHECKED'] })).toBe(0)
    expect(await countOf({ whys: ['INCOMPLETE'] })).toBe(1)
    expect(await countOf({ states: [] })).toBe(0)
  })
})
