import { beforeAll, describe, expect, jest, test } from '@jest/globals'
import type { Actor } from '@linghang/access'
import { dataOf } from '@linghang/harness/ask'
import { type County, createCounty, seedActor, seedTwoCommittees } from '@linghang/harness/county'
import { seedMembers } from '@linghang/harness/imports'
import { applicant, fullMember } from '@linghang/harness/people'

jest.setTimeout(120_000)

let county: County
let tree: Awaited<ReturnType<typeof seedTwoCommittees>>
let ids: Map<string, string>
beforeAll(async () => {
  county = await createCounty()
  tree = await seedTwoCommittees(county)
  ids = await seedMembers(county, [
    fullMember(county.code, tree.a1.code, { 姓名: '甲党员' }),
    { ...applicant(county.code, tree.a1.code, '2026-01-05'), 姓名: '乙积极' },
    fullMember(county.code, tree.b1.code, { 姓名: '丙党员' }),
  ])
})

const names = ['甲党员', '乙积极', '丙党员']
const askOf = async (by: Actor, type: 'DuesHolder' | 'Member', fields: string) => {
  const refs = names.map(name => ({ __typename: type, id: (ids.get(name) as string).replace('Member', type) }))
  const answer = await county.world.askUntyped.members(
    by,
    `query ($refs: [_Any!]!) { _entities(representations: $refs) { ... on ${type} { ${fields} } } }`,
    { refs },
  )
  return dataOf(answer)._entities
}

describe('S0-24 whoever keeps the books of dues', () => {
  test.each(['TREASURER', 'CASHIER'] as const)(
    'S0-24 as %s knows the members of those books by name and where they are; of no file anything, and nobody who owes no dues',
    async role => {
      const keeper = await seedActor(county, role, tree.a.id)
      expect(await askOf(keeper, 'DuesHolder', 'name organisation { id }')).toEqual([
        { name: '甲党员', organisation: { id: tree.a1.id } },
        null,
        null,
      ])
      expect(await askOf(keeper, 'Member', 'id name idNumberMasked phoneMasked')).toEqual([null, null, null])
    },
  )

  test('S0-24 the same is known to whoever sees the register; an office elsewhere shows nobody', async () => {
    const [secretary, elsewhere] = await Promise.all([
      seedActor(county, 'SECRETARY', tree.a1.id),
      seedActor(county, 'CASHIER', tree.a2.id),
    ])
    expect(await askOf(secretary, 'DuesHolder', 'name')).toEqual([{ name: '甲党员' }, null, null])
    expect(await askOf(elsewhere, 'DuesHolder', 'name')).toEqual([null, null, null])
  })
})
