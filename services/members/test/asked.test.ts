import { beforeAll, describe, expect, jest, test } from '@jest/globals'
import { type Actor, shanghaiDay } from '@linghang/access'
import { dataOf } from '@linghang/harness/ask'
import { type County, createCounty, seedActor, seedTwoCommittees } from '@linghang/harness/county'
import { seedMembers } from '@linghang/harness/imports'
import { fullMember } from '@linghang/harness/people'
import { addMonths, monthOf } from '@linghang/rulebook'

jest.setTimeout(120_000)
const month = monthOf(shanghaiDay(new Date()))

let county: County
let tree: Awaited<ReturnType<typeof seedTwoCommittees>>
let [above, keeper, neighbour]: Actor[] = []
beforeAll(async () => {
  county = await createCounty()
  tree = await seedTwoCommittees(county)
  const ids = await seedMembers(county, [fullMember(county.code, tree.a1.code, { 姓名: '党员' })])
  above = await seedActor(county, 'LEADER', tree.a.id)
  keeper = await seedActor(county, 'SECRETARY', tree.a1.id)
  neighbour = await seedActor(county, 'SECRETARY', tree.a2.id)
  for (const lostContact of [true, false]) {
    const input = { id: ids.get('党员') as string, lostContact }
    const document = 'mutation ($input: ChangeMemberInput!) { changeMember(input: $input) { member { id } } }'
    dataOf(await county.world.ask.members(keeper, document, { input }))
  }
})

const askedOf = async (by: Actor | undefined, of: string = month) => {
  const refs = [{ __typename: 'AskedOfOrganisation', organisationId: tree.a1.id, month: of }]
  const answer = await county.world.askUntyped.members(
    by as Actor,
    `query ($refs: [_Any!]!) { _entities(representations: $refs) { ... on AskedOfOrganisation {
      members { times fields forms { name times fields offered askedBy source } } } } }`,
    { refs },
  )
  return dataOf(answer)._entities[0]?.members ?? null
}

describe('S4-4 what a branch was asked for of its people in a month', () => {
  test('S4-4 form by form, for the branch and for those above; what the platform brought in by itself is nobody’s work', async () => {
    const asked = await askedOf(keeper)
    expect(asked).toEqual({
      ...{ times: 2, fields: 0 },
      forms: [
        { name: 'changeMember', times: 2, fields: 0, offered: 9, askedBy: 'REGULATION', source: '党员名册登记和变更' },
      ],
    })
    expect(await askedOf(above)).toEqual(asked)
  })

  test('S4-4 of the month that is asked for, nothing to a branch beside it, and of no day that is no month', async () => {
    const nothing = { times: 0, fields: 0, forms: [] }
    expect(await askedOf(keeper, addMonths(month, -1))).toEqual(nothing)
    expect(await askedOf(neighbour)).toEqual(nothing)
    expect(await askedOf(keeper, `${month.slice(0, 7)}-02`)).toBeNull()
  })
})
