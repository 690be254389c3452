import { beforeAll, describe, expect, jest, test } from '@jest/globals'
import { codesOf, dataOf } from '@linghang/harness/ask'
import { seedActor } from '@linghang/harness/county'
import { everyoneKnown, importRoster } from '@linghang/harness/imports'
import { membersCsv, type PersonRow } from '@linghang/harness/people'
import { until } from '@linghang/harness/until'
import {
  begin,
  check,
  correct,
  createFixing,
  fixingAt,
  lineOf,
  type Made,
  memberOf,
  ownFixings,
  sign,
  today,
  year,
} from './fixing-desk.ts'

jest.setTimeout(120_000)

let made: Made
beforeAll(async () => {
  made = await createFixing()
})

describe('S3-5 the yearly fixing', () => {
  test('S3-5 proposes for everybody in the subtree who owes, from the month in which they do, and says why', async () => {
    const { tree, ids } = made
    expect(dataOf(await begin(made, tree.a1.id)).beginDuesFixing).toEqual({
      ...{ proposed: 4, renewed: 0 },
      fixing: { total: 4, confirmed: 0, checked: 0, claimed: 0, incomplete: 1, monthlyDueFen: '19520' },
    })
    const lines = (await fixingAt(made, tree.a1.id))?.lines.nodes ?? []
    const lineOf = (name: string) => lines.find(({ member }) => member?.id === ids.get(name))
    const common = { year, ground: 'YEAR', state: 'PROPOSED', version: 1, organisation: { id: tree.a1.id } }
    expect(lineOf('郑月')).toMatchObject({ ...common, fromMonth: `${year}-01-01`, baseFen: '500001', dueFen: '7500' })
    expect(lineOf('钱田')).toMatchObject({ category: 'FARMER', baseFen: null, dueFen: '20', why: 'FIRST' })
    expect(lineOf('孙缺')).toMatchObject({ category: 'MONTHLY_SALARY', dueFen: null, why: 'INCOMPLETE' })
    expect(lineOf('吴预')).toMatchObject({ fromMonth: `${year}-01-01`, dueFen: '12000' })
    expect(lineOf('王申')).toBeUndefined()
  })

  test('S3-5 begun again, below and above, nobody has two lines: whoever has none is added', async () => {
    const own = await createFixing()
    const { tree } = own
    const proposed = async (id: string) => dataOf(await begin(own, id)).beginDuesFixing.proposed
    expect([await proposed(tree.a1.id), await proposed(tree.a1.id)]).toEqual([4, 0])
    const before = (await fixingAt(own, tree.a1.id))?.lines.nodes
    const eight = await Promise.all(Array.from({ length: 8 }, () => proposed(tree.b.id)))
    expect(eight.toSorted()).toEqual([...Array(7).fill(0), 1])
    const [upper, beside] = await Promise.all([proposed(tree.root.id), proposed(tree.a.id)])
    expect(upper + beside).toBe(1)
    expect(await proposed(tree.b1.id)).toBe(0)
    expect((await fixingAt(own, tree.a1.id))?.lines.nodes).toEqual(before)
    expect((await fixingAt(own, tree.root.id))?.total).toBe(6)
  })

  test('S3-5 begun again, what nobody has touched follows the register, and what somebody has stays', async () => {
    const own = await createFixing()
    const { county, tree, people } = own
    dataOf(await begin(own, tree.a1.id))
    dataOf(await correct(own, await lineOf(own, '郑月'), { incomeFen: '700000' }))
    const untouched = await lineOf(own, '吴预')
    const row = (name: string, base: string) => ({
      ...(people.find(({ 姓名 }) => 姓名 === name) as PersonRow),
      '党费计算基数（元/月）': base,
    })
    const roster = membersCsv([row('孙缺', '3000'), row('郑月', '3000')])
    expect(await importRoster(county.world, county.admin, 'members', roster)).toMatchObject({ changed: 2, errors: 0 })
    await everyoneKnown(county)
    expect(dataOf(await begin(own, tree.root.id)).beginDuesFixing).toMatchObject({ renewed: 1 })
    expect(await lineOf(own, '孙缺')).toMatchObject({ state: 'PROPOSED', why: 'FIRST', dueFen: '1500', version: 2 })
    expect(await lineOf(own, '郑月')).toMatchObject({ state: 'CORRECTED', dueFen: '10500', version: 2 })
    expect(await lineOf(own, '吴预')).toEqual(untouched)
    expect(dataOf(await begin(own, tree.a1.id)).beginDuesFixing).toMatchObject({ proposed: 0, renewed: 0 })
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
    const { county, tree } = made
    dataOf(await begin(made, tree.root.id))
    const secretary = await seedActor(county, 'SECRETARY', tree.a1.id)
    const leader = await seedActor(county, 'LEADER', tree.a.id)
    const elsewhere = await seedActor(county, 'SECRETARY', tree.b1.id)
    expect((await fixingAt(made, tree.a1.id, secretary))?.total).toBe(4)
    expect((await fixingAt(made, tree.a.id, leader))?.lines.totalCount).toBe(5)
    expect(await fixingAt(made, tree.a.id, secretary)).toBeNull()
    expect(await fixingAt(made, tree.a1.id, elsewhere)).toBeNull()
    const member = await memberOf(made, '钱田', tree.a1.id)
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

describe('S3-5 a fixing is due', () => {
  test('S3-5 by the end of January, for each branch where it was begun, until all is checked; then the next year’s is', async () => {
    const own = await createFixing()
    const { county, tree } = own
    const datesAt = async (id: string) => {
      const answer = await county.world.ask.workflows(
        county.admin,
        `query ($refs: [_Any!]!) { _entities(representations: $refs) { ... on Organisation { deadlines(withinDays: 800) { nodes {
          rule dueOn article certainty } } } } }`,
        { refs: [{ __typename: 'Organisation', id }] },
      )
      const nodes = dataOf(answer)._entities[0]?.deadlines.nodes ?? []
      return nodes.filter(({ rule }) => rule === 'DUES_FIXING').map(({ dueOn }) => dueOn)
    }
    const dueAt = (id: string, wanted: string[]) =>
      until(async () => JSON.stringify(await datesAt(id)) === JSON.stringify(wanted), 30_000, `due: ${wanted}`)
    dataOf(await begin(own, tree.a.id))
    await dueAt(tree.a2.id, [`${year}-01-31`])
    await dueAt(tree.a1.id, [`${year}-01-31`])
    expect(await datesAt(tree.b1.id)).toEqual([])
    dataOf(await sign(own, [await lineOf(own, '李退'), await lineOf(own, '钱田')], today))
    dataOf(await check(own, tree.a.id, county.admin, { confirmedOnly: true }))
    await dueAt(tree.a2.id, [`${year + 1}-01-31`])
    expect(await datesAt(tree.a1.id)).toEqual([`${year}-01-31`])
  })
})
